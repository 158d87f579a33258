import type { Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import { PrismaClient } from '../generated/prisma/client.ts'
import { closingReads } from './closings.ts'
import { deviceWrites } from './device-writes.ts'
import { entityReads } from './entity-reads.ts'
import { gateWrites } from './gate-writes.ts'
import { idempotencyReads } from './idempotency.ts'
import { ledgerEntryReads } from './ledger-entries.ts'
import { ledgerMonths } from './ledger-months.ts'
import { ledgerReads } from './ledger-reads.ts'
import { manifestKeys } from './manifest-keys.ts'
import { manifestReads } from './manifest-reads.ts'
import { occupancyReads } from './occupancy.ts'
import { projectionWrites } from './projection-writes.ts'
import { resetWrites } from './reset-writes.ts'
import { scanPages } from './scan-pages.ts'
import { scanWrites } from './scan-writes.ts'

export type Store = ReturnType<typeof createStore>

/** The one door to the database of gates. */
export function createStore(database: Database, outbox: Outbox) {
  const prisma = new PrismaClient({ adapter: database.adapter })
  const lists = Object.assign(entityReads(prisma, database), scanPages(database), ledgerEntryReads(database))
  const states = Object.assign(occupancyReads(database), idempotencyReads(database), deviceWrites(database))
  const reads = Object.assign(lists, ledgerReads(database), states)
  const writes = Object.assign(scanWrites(database, outbox), gateWrites(outbox), projectionWrites(database))
  const upkeep = Object.assign(closingReads(database), ledgerMonths(database))
  const manifests = Object.assign(manifestReads(database), manifestKeys(database))
  return Object.assign(reads, writes, resetWrites(outbox), Object.assign(upkeep, manifests))
}
