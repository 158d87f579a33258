import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import { decodeCursor, encodeCursor } from '@headcount/paging'
import { type Ground, manifestText, type UnsignedPage } from '@headcount/scanner'
import type { ManifestPage, ScanReason, TicketStatus } from '../generated/resolvers.ts'
import type { ManifestFacts, ManifestPosition, ManifestTicketRow } from '../store/manifest-reads.ts'
import type { Store } from '../store/store.ts'
import type { EventRow } from './ground.ts'
import type { Learner } from './learn.ts'
import { type ManifestSigners, spkiOf } from './manifest-signer.ts'

/** What a manifest needs. */
export interface OfflineManifestParts {
  readonly store: Pick<Store, 'manifestFacts'>
  readonly learner: Pick<Learner, 'device' | 'event'>
  readonly signers: ManifestSigners
  readonly now: () => Date
}

const MAXIMUM_TICKETS = 5000
const list = { name: 'manifest', key: ['integer', 'text', 'integer', 'text'] } as const
const beginning: ManifestPosition = { changedIn: 0, id: '' }

/** How far a walk through the pages has read, and up to where nothing can come in between any more. */
interface Progress {
  readonly read: ManifestPosition
  readonly settled: ManifestPosition
}

/**
 * The page of tickets that changed after `since`, with the whole ground. Tickets stand in the order of the transactions
 * that changed them. One that commits late has a lower number than others that were read before it: so the cursor of
 * the last page never passes a transaction while an earlier one may be under way. What later ones changed is in the
 * pages all the same, and once more in the next ones.
 */
export async function offlineManifest(
  parts: OfflineManifestParts,
  viewer: Viewer,
  { since, first }: { readonly since?: string | null | undefined; readonly first: number },
): Promise<ManifestPage | null> {
  const { eventId, organizationId, id: deviceId } = viewer
  if (viewer.kind !== 'device' || eventId === undefined)
    throw fail('FORBIDDEN', 'Only a scanner may have a manifest: that of the event it was enrolled for.')
  if (first < 1 || first > MAXIMUM_TICKETS)
    throw fail('BAD_USER_INPUT', `first is ${first}; a manifest takes 1 to ${MAXIMUM_TICKETS}.`)
  const progress = progressOf(since)
  const wanted = { organizationId, eventId, deviceId, after: progress.read, limit: first + 1 }
  const facts = await readFacts(parts, wanted)
  const { event, device } = facts
  if (!event || !device) return null
  const signer = await parts.signers(organizationId)
  const tickets = facts.tickets.slice(0, first)
  const hasNextPage = facts.tickets.length > first
  const asOf = parts.now()
  const page: UnsignedPage = {
    ...{ eventId, hasNextPage, asOf: asOf.toISOString(), completeness: facts.completeness },
    cursor: cursorAfter(progress, tickets, { ...facts, hasNextPage }),
    ground: JSON.stringify(groundOf({ ...facts, event, device })),
    tickets: tickets.map(ticketOf),
    keys: facts.keys.map(({ id, publicKey }) => ({ id, publicKey: spkiOf(publicKey) })),
    signedBy: signer.publicKey,
  }
  const signature = signer.sign(manifestText(since ?? null, page))
  return { ...page, keys: [...page.keys], tickets: tickets.map(answerOf), asOf, signature }
}

function progressOf(since: string | null | undefined): Progress {
  if (since == null) return { read: beginning, settled: beginning }
  const key = decodeCursor(list, since)
  if (!key)
    throw fail('BAD_USER_INPUT', `since is "${since.slice(0, 60)}", which is no cursor of a manifest.`)
  return { read: { changedIn: key[0], id: key[1] }, settled: { changedIn: key[2], id: key[3] } }
}

/** A walk that has read on where nothing is settled goes back, once it is over, to where it left settled ground. */
function cursorAfter(
  { read, settled }: Progress,
  tickets: readonly ManifestPosition[],
  { settledBefore, hasNextPage }: { readonly settledBefore: number; readonly hasNextPage: boolean },
): string {
  const isOnSettledGround = read.changedIn === settled.changedIn && read.id === settled.id
  const last = tickets.findLast(({ changedIn }) => changedIn < settledBefore)
  const back = (isOnSettledGround && last) || settled
  const on = (hasNextPage && tickets.at(-1)) || back
  return encodeCursor(list, [on.changedIn, on.id, back.changedIn, back.id])
}

/** Reads the facts. A device or an event that was not heard of yet is asked for, once. */
async function readFacts(
  { store, learner }: OfflineManifestParts,
  wanted: Parameters<Store['manifestFacts']>[0],
): Promise<ManifestFacts> {
  const { organizationId, eventId, deviceId } = wanted
  const facts = await store.manifestFacts(wanted)
  const asked = [
    ...(facts.device ? [] : [learner.device(organizationId, deviceId)]),
    ...(facts.event ? [] : [learner.event({ organizationId, eventId })]),
  ]
  await Promise.all(asked)
  const found = asked.length === 0 ? facts : await store.manifestFacts(wanted)
  if (found.device?.status === 'REVOKED') throw fail('FORBIDDEN', 'This device may no longer scan.')
  return found
}

type KnownFacts = ManifestFacts & {
  readonly event: EventRow
  readonly device: NonNullable<ManifestFacts['device']>
}

/** The fields are named one by one: what a table gets later does not leave with it by itself. */
function groundOf({ event, zones, gates, ticketTypes, device, bodies }: KnownFacts): Ground {
  const { id, organizationId, name, status, timeZone } = event
  return {
    event: { id, organizationId, name, status, timeZone },
    zones: zones.map((zone) => ({
      ...{ id: zone.id, name: zone.name, capacity: zone.capacity, enforcement: zone.enforcement },
      ...{ parentId: zone.parentId, entryPolicy: zone.entryPolicy, antiPassback: zone.antiPassback },
      passbackTimeoutSeconds: zone.passbackTimeoutSeconds,
    })),
    gates: gates.map((gate) => ({
      ...{ id: gate.id, name: gate.name, zoneFromId: gate.zoneFromId, zoneToId: gate.zoneToId },
      ...{ status: gate.status, ticketTypeIds: gate.ticketTypeIds },
    })),
    ticketTypes: ticketTypes.map((type) => ({
      ...{ id: type.id, name: type.name, entryPolicy: type.entryPolicy, zoneIds: type.zoneIds },
      ...{
        validFrom: type.validFrom?.toISOString() ?? null,
        validUntil: type.validUntil?.toISOString() ?? null,
      },
      ...{ dailyFrom: type.dailyFrom, dailyUntil: type.dailyUntil },
    })),
    device: { id: device.id, name: device.name, status: device.status, gateIds: device.gateIds },
    inside: Object.fromEntries(bodies.map((row) => [row.placeId, row.bodies])),
  }
}

function ticketOf(row: ManifestTicketRow): UnsignedPage['tickets'][number] {
  const { codeHash, id: credentialId, ticketTypeId, pendingReason } = row
  const validUntil = row.validUntil?.toISOString() ?? null
  return {
    codeHash,
    credentialId,
    ticketTypeId,
    status: row.status as TicketStatus,
    pendingReason,
    validUntil,
  }
}

function answerOf(row: ManifestTicketRow): ManifestPage['tickets'][number] {
  const { validUntil } = row
  return { ...ticketOf(row), pendingReason: row.pendingReason as ScanReason | null, validUntil }
}
