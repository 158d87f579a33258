import { readConfig } from '@headcount/config'
import { commonSettings, type Parts, runService } from '@headcount/service'
import { authSettings } from './config.ts'
import { createAuth } from './server.ts'

// biome-ignore lint/style/noProcessEnv: the one place where the environment enters
const settings = readConfig({ ...commonSettings, ...authSettings }, process.env)
const create = async (parts: Parts) => (await createAuth(settings, parts)).service
await runService({ name: 'auth', settings, create })
