import type { OperationUsage, Page } from '@headcount/registry-api'
import { request } from 'undici'
import type { Home } from '../setup/home.ts'
import { type CommandResult, runHeadcount } from '../setup/run-headcount.ts'
import type { Headcount } from '../setup/start-headcount.ts'

/** The token that may do everything in a platform's registry. */
export const token = `hcr_${'l'.repeat(43)}`

/** The registry of a platform. */
export interface OwnRegistry {
  /** `headcount …` with its address and its token, from the platform's folder. */
  run(...words: readonly string[]): Promise<CommandResult>
  /** The status that somebody with this token gets who looks at the graph; undefined = without a token. */
  statusFor(bearer: string | undefined): Promise<number>
  /** What was asked within a day. */
  operations(): Promise<readonly OperationUsage[]>
}

/** Opens it. */
export function registryOf({ url, home }: Pick<Headcount, 'url'> & { readonly home: Home }): OwnRegistry {
  const address = `${url}/registry`
  const ask = (path: string, bearer: string | undefined) =>
    request(address + path, {
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
    })
  return {
    run: (...words) =>
      runHeadcount({
        words: [...words, '--registry', address],
        environment: { ...home.environment, HEADCOUNT_REGISTRY_TOKEN: token },
        folder: home.folder,
      }),
    async statusFor(bearer) {
      const { statusCode, body } = await ask('/graph', bearer)
      await body.dump()
      return statusCode
    },
    async operations() {
      const { statusCode, body } = await ask('/usage/operations?days=1&limit=200', token)
      const text = await body.text()
      if (statusCode !== 200) throw new Error(`Status ${statusCode}: ${text}`)
      return (JSON.parse(text) as Page<OperationUsage>).items
    },
  }
}
