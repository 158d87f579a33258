import { localToken } from '../client/local-token.ts'
import { createRegistryHttp, type RegistryHttp } from '../client/registry-http.ts'
import { type Invocation, type OptionValues, UsageError } from './command.ts'

/** The text of `--registry` for the help of a command that can do without one. */
export const registryHelp = `  --registry URL   a registry's address, for example http://127.0.0.1:4000/registry; default
                   HEADCOUNT_REGISTRY_URL. Its token (hcr_…) is read from HEADCOUNT_REGISTRY_TOKEN`

const localUrl = 'http://127.0.0.1:4000/registry'

/** The same for one that needs one. */
export const requiredRegistryHelp = `  --registry URL   the registry's address; default HEADCOUNT_REGISTRY_URL, else ${localUrl}

The token (hcr_…) is read from HEADCOUNT_REGISTRY_TOKEN; for a registry on this machine also from
.headcount/secrets.json, where the platform keeps its own.`

/** The option itself. */
export const registryOption = { registry: { type: 'string' } } as const

/** The registry of `--registry` or of the environment; undefined = none is named. Throws a RegistryError. */
export function readRegistry({ registry }: OptionValues, invocation: Invocation): RegistryHttp | undefined {
  if (registry === '') throw new UsageError('--registry is empty: name an address, or leave it out')
  const url = registry === undefined ? invocation.environment['HEADCOUNT_REGISTRY_URL'] : String(registry)
  return url ? openAt(url, invocation) : undefined
}

/** The same for a command that does nothing without one: the local one by default. Throws a RegistryError. */
export function requireRegistry(values: OptionValues, invocation: Invocation): RegistryHttp {
  return readRegistry(values, invocation) ?? openAt(localUrl, invocation)
}

function openAt(url: string, invocation: Invocation): RegistryHttp {
  return createRegistryHttp({
    url,
    token: invocation.environment['HEADCOUNT_REGISTRY_TOKEN'] || tokenHere(url, invocation),
  })
}

function tokenHere(url: string, invocation: Invocation): string | undefined {
  try {
    return localToken(url, invocation)
  } catch (err) {
    throw new UsageError((err as Error).message)
  }
}
