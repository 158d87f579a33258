import type { Endpoint } from '../endpoint.ts'
import { countReport } from './count-report.ts'
import { listOperations } from './list-operations.ts'
import { readOperation } from './read-operation.ts'
import { readReport } from './read-report.ts'
import { answerUnused } from './unused-coordinates.ts'
import type { UsageParts } from './usage-parts.ts'
import { usedCoordinates } from './used-coordinates.ts'

/** What gateways saw, and what it tells of operations, clients and elements of the schema. */
export function usageEndpoints(parts: UsageParts): Endpoint[] {
  const unused = answerUnused(parts)
  const reading = { method: 'GET', scope: 'usage:read' } as const
  return [
    {
      ...{ method: 'POST', path: '/usage', scope: 'usage:write' },
      handle: async ({ body }) => ({ json: await countReport(readReport(body), parts) }),
    },
    {
      ...{ ...reading, path: '/usage/operations' },
      handle: async ({ query }) => ({ json: await listOperations(query, parts) }),
    },
    {
      ...{ ...reading, path: '/usage/operations/:id' },
      handle: async ({ params, query }) => ({ json: await readOperation(params['id'] ?? '', query, parts) }),
    },
    {
      ...{ ...reading, path: '/usage/coordinates' },
      handle: async ({ query }) => ({ json: await usedCoordinates(query, parts) }),
    },
    {
      ...{ ...reading, path: '/usage/unused' },
      handle: async ({ query }) => ({ json: await unused(query) }),
    },
  ]
}
