import { scopesOf, type Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import { fieldOf, startTestService } from '@headcount/service/testing'
import type { Scan } from '../src/domain/count-scans.ts'
import { createAnalytics } from '../src/server.ts'

/** A viewer of a tenant with an analyst's rights. */
export function analyst(organizationId = 'org_a'): Viewer {
  return { kind: 'user', id: 'usr_1', organizationId, scopes: scopesOf(['ANALYST']) }
}

/** A scan as gates tells it: an admitted first entry unless said otherwise. */
export function scan(ledgerSeq: number, gateId: string, more: Partial<Scan> = {}): Scan {
  const effectiveAt = '2026-07-01T18:00:00.000Z'
  return {
    ledgerSeq,
    gateId,
    direction: 'ENTRY',
    outcome: 'ADMITTED',
    firstAdmission: true,
    effectiveAt,
    ...more,
  }
}

/** One bucket, as an answer has it. */
export interface Bucket {
  at: string
  gate: { id: string }
  entries: number
  firstEntries: number
  exits: number
  rejected: number
}

const selection = '{ at gate { id } entries firstEntries exits rejected }'

/** Analytics over a database of its own. */
export async function startAnalytics() {
  const analytics = await startTestService({
    prismaDirectory: new URL('../prisma', import.meta.url),
    create: (databaseUrl, parts) =>
      createAnalytics({ databaseUrl, replicaUrl: undefined, maxConnections: 10 }, parts),
    serviceOf: (service) => service,
  })
  const ingressAnswer = (args: string, viewer: Viewer | undefined = analyst()) =>
    analytics.run(viewer, `{ ingress(${args}) ${selection} }`)
  return {
    ...analytics,
    ingressAnswer,
    /** Tells analytics of scans, as gates does, and waits until it has counted them. */
    tell: (eventId: string, scans: readonly Scan[], organizationId = 'org_a') =>
      analytics.bus.publish('gates', {
        id: newId('message'),
        subject: `org.${organizationId}.event.${eventId}.scan.recorded`,
        organizationId,
        payload: { eventId, scans },
        occurredAt: new Date().toISOString(),
      }),
    async ingress(args: string, viewer: Viewer = analyst()): Promise<Bucket[]> {
      return fieldOf(await ingressAnswer(args, viewer), 'ingress')
    },
  }
}
