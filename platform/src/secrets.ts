import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Names in the environment of what must be secret and the same at each start. */
export const secretNames = [
  'HEADCOUNT_VIEWER_SECRET',
  'HEADCOUNT_AUTH_SECRET',
  'HEADCOUNT_TICKET_SECRET',
  'HEADCOUNT_MANIFEST_SECRET',
  'HEADCOUNT_REGISTRY_TOKEN',
] as const

/** The secrets of a data directory, by their names in the environment. */
export type Secrets = Readonly<Record<(typeof secretNames)[number], string>>

/**
 * The secrets of a data directory; generated at the first start and kept there, readable by their owner alone. A
 * secret that a later version needs is added.
 */
export function readSecrets(dataDirectory: string): Secrets {
  const file = join(dataDirectory, 'secrets.json')
  mkdirSync(dataDirectory, { recursive: true })
  const kept: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const missing = secretNames.filter((name) => kept[name] === undefined)
  if (missing.length > 0) {
    for (const name of missing) kept[name] = newSecret(name)
    // Renamed into place, so that a crash leaves the old file or the new one, never half of one.
    writeFileSync(`${file}.new`, JSON.stringify(kept, undefined, 2), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return kept as Secrets
}

/** A token of the registry shows what it is, so that scanners for leaked secrets find it. */
function newSecret(name: (typeof secretNames)[number]): string {
  const random = randomBytes(32).toString('base64url')
  return name === 'HEADCOUNT_REGISTRY_TOKEN' ? `hcr_${random}` : random
}
