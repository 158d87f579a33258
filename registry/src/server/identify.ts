import type { IncomingHttpHeaders } from 'node:http'
import { type Caller, RegistryProblem } from './endpoint.ts'
import type { RegistryOptions } from './options.ts'
import type { Authenticator } from './tokens/authenticator.ts'

/** What is needed to say who asks. */
export interface IdentifyOptions extends Pick<RegistryOptions, 'authorize'> {
  readonly authenticator: Authenticator
}

/** Says who asks: by a token of the registry, or as `authorize` knows. @throws RegistryProblem UNAUTHENTICATED */
export function createIdentify({ authenticator, authorize }: IdentifyOptions) {
  return async (headers: IncomingHttpHeaders): Promise<Caller> => {
    const token = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
    const isOurs = (one: string) => one.startsWith('hcr_') || !authorize || authenticator.isAdmin(one)
    if (token !== undefined && isOurs(token)) return authenticator.authenticate(token)
    const caller = await authorize?.(headers)
    if (caller) return caller
    throw new RegistryProblem(
      'UNAUTHENTICATED',
      token === undefined
        ? 'There is no token; send authorization: Bearer hcr_….'
        : 'The token is not valid here; send authorization: Bearer hcr_….',
    )
  }
}
