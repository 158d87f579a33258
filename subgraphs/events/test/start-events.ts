import { scopesOf, type Viewer } from '@headcount/access'
import { startTestService } from '@headcount/service/testing'
import { createEvents } from '../src/server.ts'

/** A viewer of a tenant with an organiser's rights. */
export function organiser(organizationId = 'org_a'): Viewer {
  return { kind: 'user', id: 'usr_1', organizationId, scopes: scopesOf(['ORGANISER']) }
}

/** Events over a database of its own. */
export function startEvents(options: { now?: () => Date } = {}) {
  return startTestService({
    ...options,
    prismaDirectory: new URL('../prisma', import.meta.url),
    create: (databaseUrl, parts) =>
      createEvents({ databaseUrl, replicaUrl: undefined, maxConnections: 10 }, parts),
    serviceOf: (service) => service,
  })
}
