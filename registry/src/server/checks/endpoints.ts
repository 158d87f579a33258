import type { Endpoint } from '../endpoint.ts'
import { listChecks, readCheck } from './check-records.ts'
import { readCheckRequest } from './read-check-request.ts'
import { type CheckParts, runCheck } from './run-check.ts'

/** Checks of changes, and those that were made. */
export function checkEndpoints(parts: CheckParts): Endpoint[] {
  const common = { scope: 'schema:check' } as const
  return [
    {
      ...{ ...common, method: 'POST', path: '/checks' },
      handle: async ({ body, caller }) => ({
        json: await runCheck(readCheckRequest(body), caller.name, parts),
      }),
    },
    {
      ...{ ...common, method: 'GET', path: '/checks' },
      handle: async ({ query }) => ({ json: await listChecks(query, parts.database) }),
    },
    {
      ...{ ...common, method: 'GET', path: '/checks/:id' },
      handle: async ({ params }) => ({ json: await readCheck(params['id'], parts.database) }),
    },
  ]
}
