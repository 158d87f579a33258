import type { Endpoint } from '../endpoint.ts'
import { RegistryProblem } from '../endpoint.ts'
import type { Parts } from '../parts.ts'
import { answerFeed } from './answer-feed.ts'
import type { FeedText, LiveState } from './live-state.ts'

const type = 'application/graphql; charset=utf-8'
const nothing = 'No version composes yet: publish the subgraphs with `headcount schema publish`.'
const scope = 'schema:read'

/** What gateways and tools of apps load: supergraphs and API schemas, of the graph and of its contracts. */
export function feedEndpoints({ live }: Pick<Parts, 'live'>): Endpoint[] {
  const feed = (path: string, read: (state: LiveState) => FeedText | undefined): Endpoint => ({
    method: 'GET',
    path,
    scope,
    handle: (call) =>
      answerFeed(call, { live, type, missing: nothing, read: () => live.state && read(live.state) }),
  })
  const ofContract = (path: string, key: 'supergraph' | 'apiSchema'): Endpoint => ({
    method: 'GET',
    path,
    scope,
    handle: (call) => {
      const name = call.params['name'] ?? ''
      const missing = `The contract ${JSON.stringify(name)} has not worked with any version yet; GET /contracts says why.`
      return answerFeed(call, { live, type, missing, read: () => contractOf(live.state, name)?.[key] })
    },
  })
  return [
    feed('/supergraph', ({ supergraph }) => supergraph),
    feed('/api-schema', ({ apiSchema }) => apiSchema),
    ofContract('/contracts/:name/supergraph', 'supergraph'),
    ofContract('/contracts/:name/api-schema', 'apiSchema'),
  ]
}

function contractOf(state: LiveState | undefined, name: string) {
  if (!state) return undefined
  const contract = state.contracts.get(name)
  if (contract) return contract
  const names = [...state.contracts.keys()].join(', ') || 'none'
  throw new RegistryProblem('NOT_FOUND', `There is no contract ${JSON.stringify(name)}; there are: ${names}.`)
}
