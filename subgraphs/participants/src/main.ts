import { readConfig } from '@headcount/config'
import { commonSettings, runService } from '@headcount/service'
import { participantsSettings } from './config.ts'
import { createParticipants } from './server.ts'

// biome-ignore lint/style/noProcessEnv: the one place where the environment enters
const settings = readConfig({ ...commonSettings, ...participantsSettings }, process.env)
await runService({
  name: 'participants',
  settings,
  create: (parts) => createParticipants(settings, parts),
})
