import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where somebody is who may use the token of this machine's platform. */
export interface LocalPlaces {
  /** The folder that the program was called in. */
  readonly folder: string
  /** The program's own repository. */
  readonly home: string
}

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/

/**
 * The token of the platform's own data directory, for a registry on this machine; undefined = there is none. It is for
 * everything, so it leaves this machine for nobody. @throws Error when its file cannot be read
 */
export function localToken(url: string, { folder, home }: LocalPlaces): string | undefined {
  if (!loopback.test(URL.parse(url)?.hostname ?? '')) return undefined
  const file = [folder, home]
    .map((at) => join(at, '.headcount/secrets.json'))
    .find((path) => existsSync(path))
  if (file === undefined) return undefined
  try {
    const token: unknown = JSON.parse(readFileSync(file, 'utf8')).HEADCOUNT_REGISTRY_TOKEN
    return typeof token === 'string' ? token : undefined
  } catch (err) {
    throw new Error(`${file} cannot be read (${(err as Error).message}); set HEADCOUNT_REGISTRY_TOKEN`)
  }
}
