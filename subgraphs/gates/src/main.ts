import { readConfig } from '@headcount/config'
import { commonSettings, runService } from '@headcount/service'
import { gatesSettings } from './config.ts'
import { createGates } from './server.ts'

// biome-ignore lint/style/noProcessEnv: the one place where the environment enters
const settings = readConfig({ ...commonSettings, ...gatesSettings }, process.env)
await runService({ name: 'gates', settings, create: (parts) => createGates(settings, parts) })
