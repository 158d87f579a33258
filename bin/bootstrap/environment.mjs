import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The clone's folder; its path may hold spaces. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..')

/** What every program that is started here sees: the tools of this clone first, and nothing that calls out. */
export function environment() {
  return {
    ...process.env,
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    APOLLO_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    // `prisma generate` wants an engine that it never runs, and downloads one unless a file is named.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    npm_config_yes: 'true',
    npm_config_update_notifier: 'false',
  }
}
