import { readConfig } from '@headcount/config'
import { commonSettings, runService } from '@headcount/service'
import { eventsSettings } from './config.ts'
import { createEvents } from './server.ts'

// biome-ignore lint/style/noProcessEnv: the one place where the environment enters
const settings = readConfig({ ...commonSettings, ...eventsSettings }, process.env)
await runService({ name: 'events', settings, create: (parts) => createEvents(settings, parts) })
