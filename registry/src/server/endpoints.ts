import { auditEndpoints } from './audit.ts'
import { checkEndpoints } from './checks/endpoints.ts'
import { contractEndpoints } from './contracts/contract-endpoints.ts'
import { documentEndpoints } from './documents/endpoints.ts'
import type { Endpoint } from './endpoint.ts'
import { graphEndpoints } from './graph/endpoints.ts'
import { feedEndpoints } from './live/feed-endpoints.ts'
import type { RegistryMetrics } from './metrics.ts'
import type { Parts } from './parts.ts'
import { tokenEndpoints } from './tokens/token-endpoints.ts'
import { createTurns } from './turns.ts'
import { usageEndpoints } from './usage/endpoints.ts'
import { createPublisher, type Publisher } from './versions/publisher.ts'
import { versionEndpoints } from './versions/version-endpoints.ts'

/** What the endpoints are made of. */
export interface EndpointOptions {
  readonly parts: Parts
  readonly metrics: RegistryMetrics
  readonly announce: ((version: number) => void) | undefined
}

/** Everything that the registry answers, and what makes versions, for the same process. */
export function createEndpoints({ parts, metrics, announce }: EndpointOptions): {
  readonly endpoints: readonly Endpoint[]
  readonly publisher: Publisher
} {
  const takeTurn = createTurns()
  const publisher = createPublisher({ ...parts, metrics, takeTurn, announce })
  const endpoints = [
    ...feedEndpoints(parts),
    ...versionEndpoints(parts, publisher),
    ...contractEndpoints({ ...parts, takeTurn, announce }),
    ...tokenEndpoints(parts),
    ...auditEndpoints(parts),
    ...documentEndpoints(parts),
    ...usageEndpoints(parts),
    ...checkEndpoints(parts),
    ...graphEndpoints(parts),
  ]
  return { endpoints, publisher }
}
