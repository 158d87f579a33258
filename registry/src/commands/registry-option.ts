import { createRegistryHttp, type RegistryHttp } from '../client/registry-http.ts'
import { type OptionValues, type Terminal, UsageError } from './command.ts'

/** The text of `--registry` for a command's help. */
export const registryHelp = `  --registry URL   a registry's address, for example http://127.0.0.1:4000/registry; default
                   HEADCOUNT_REGISTRY_URL. Its token (hcr_…) is read from HEADCOUNT_REGISTRY_TOKEN`

/** The option itself. */
export const registryOption = { registry: { type: 'string' } } as const

/** The registry of `--registry` or of the environment; undefined = none is named. Throws a RegistryError. */
export function readRegistry(
  { registry }: OptionValues,
  { environment }: Terminal,
): RegistryHttp | undefined {
  if (registry === '') throw new UsageError('--registry is empty: name an address, or leave it out')
  const url = registry === undefined ? environment['HEADCOUNT_REGISTRY_URL'] : String(registry)
  if (!url) return undefined
  return createRegistryHttp({ url, token: environment['HEADCOUNT_REGISTRY_TOKEN'] })
}

/** The same for a command that does nothing without one. Throws a UsageError. */
export function requireRegistry(values: OptionValues, terminal: Terminal): RegistryHttp {
  const registry = readRegistry(values, terminal)
  if (!registry)
    throw new UsageError('No registry is named: give --registry URL or set HEADCOUNT_REGISTRY_URL')
  return registry
}
