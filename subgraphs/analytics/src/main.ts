import { readConfig } from '@headcount/config'
import { commonSettings, runService } from '@headcount/service'
import { analyticsSettings } from './config.ts'
import { createAnalytics } from './server.ts'

// biome-ignore lint/style/noProcessEnv: the one place where the environment enters
const settings = readConfig({ ...commonSettings, ...analyticsSettings }, process.env)
await runService({ name: 'analytics', settings, create: (parts) => createAnalytics(settings, parts) })
