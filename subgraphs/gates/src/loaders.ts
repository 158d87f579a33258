import type { Connection } from '@headcount/paging'
import { connection } from '@headcount/paging'
import { loadersWhenUsed } from '@headcount/service'
import DataLoader from 'dataloader'
import type { EventRow, GateRow, TicketTypeRow, ZoneRow } from './domain/ground.ts'
import type { ScanRow } from './domain/ledger.ts'
import type { DeviceNumbers } from './store/device-writes.ts'
import type { SecondWords } from './store/ledger-entries.ts'
import type { CredentialState } from './store/ledger-reads.ts'
import { inOrder } from './store/order.ts'
import type { DeviceRow } from './store/rows.ts'
import { type CredentialScanPage, keyOfCredentialScan } from './store/scan-pages.ts'
import type { Store } from './store/store.ts'

/** A device and a credential. */
export interface ScanPair {
  readonly deviceId: string
  readonly credentialId: string
}

/** One loader a key. Each answers undefined, or an empty list, for what is not the tenant's. */
export interface Loaders {
  readonly event: DataLoader<string, EventRow | undefined>
  readonly zone: DataLoader<string, ZoneRow | undefined>
  readonly ticketType: DataLoader<string, TicketTypeRow | undefined>
  readonly gate: DataLoader<string, GateRow | undefined>
  readonly device: DataLoader<string, DeviceRow | undefined>
  /** Which numbers of a device were received. */
  readonly deviceNumbers: DataLoader<string, DeviceNumbers>
  readonly scan: DataLoader<string, ScanRow | undefined>
  /** What people said later of an attempt, by its scanId. */
  readonly secondWords: DataLoader<string, SecondWords>
  readonly gatesOfEvent: DataLoader<string, GateRow[]>
  readonly devicesOfGate: DataLoader<string, DeviceRow[]>
  readonly eventCounts: DataLoader<string, { admitted: number; inside: number } | undefined>
  readonly zoneCount: DataLoader<string, { inside: number } | undefined>
  readonly gateRate: DataLoader<string, { entriesPerMinute: number } | undefined>
  readonly credential: DataLoader<string, CredentialState | undefined>
  readonly scansOfCredential: DataLoader<CredentialScanPage, Connection<ScanRow>>
  /** Whether the device had the credential within the last 60 s. */
  readonly scannedJustNow: DataLoader<ScanPair, boolean>
}

const JUST_NOW_MS = 60_000

/** Whose loaders they are. */
export interface LoaderSource {
  readonly store: Store
  readonly organizationId: string
  readonly now: () => Date
}

/** The loaders of one request, which see one tenant only. */
export const createLoaders = loadersWhenUsed<LoaderSource, Loaders>({
  event: ({ store, organizationId }) => new DataLoader((ids) => store.eventsById(organizationId, ids)),
  zone: ({ store, organizationId }) => new DataLoader((ids) => store.zonesById(organizationId, ids)),
  ticketType: ({ store, organizationId }) =>
    new DataLoader((ids) => store.ticketTypesById(organizationId, ids)),
  gate: ({ store, organizationId }) => new DataLoader((ids) => store.gatesById(organizationId, ids)),
  device: ({ store, organizationId }) => new DataLoader((ids) => store.devicesById(organizationId, ids)),
  deviceNumbers: ({ store, organizationId }) => new DataLoader((ids) => store.numbersOf(organizationId, ids)),
  scan: ({ store, organizationId }) => new DataLoader((ids) => store.scansById(organizationId, ids)),
  secondWords: ({ store, organizationId }) =>
    new DataLoader((scanIds) => store.secondWords(organizationId, scanIds)),
  gatesOfEvent: ({ store, organizationId }) =>
    new DataLoader((ids) => store.gatesOfEvents(organizationId, ids)),
  devicesOfGate: ({ store, organizationId }) =>
    new DataLoader((ids) => store.devicesOfGates(organizationId, ids)),
  eventCounts: ({ store, organizationId }) =>
    new DataLoader(async (ids) => inOrder(ids, await store.eventCounts(organizationId, ids))),
  zoneCount: ({ store, organizationId }) =>
    new DataLoader(async (ids) => inOrder(ids, await store.zoneCounts(organizationId, ids))),
  gateRate: ({ store, organizationId, now }) =>
    new DataLoader(async (ids) => inOrder(ids, await store.gateRates(organizationId, ids, now()))),
  credential: ({ store, organizationId }) =>
    new DataLoader(async (ids) => inOrder(ids, await store.credentialStates(organizationId, ids))),
  scansOfCredential: ({ store, organizationId }) =>
    new DataLoader(
      async (pages) => {
        const lists = await store.scansOfCredentials(organizationId, pages)
        return pages.map(({ page }, index) => connection(lists[index] ?? [], page, keyOfCredentialScan))
      },
      { cache: false },
    ),
  scannedJustNow: ({ store, organizationId, now }) =>
    new DataLoader(
      async (pairs) => {
        const since = new Date(now().getTime() - JUST_NOW_MS)
        const found = await store.scannedSince(organizationId, pairs, since)
        return pairs.map((pair) =>
          found.some((row) => row.deviceId === pair.deviceId && row.credentialId === pair.credentialId),
        )
      },
      { cache: false },
    ),
})
