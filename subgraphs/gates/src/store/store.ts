import type { Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import { PrismaClient } from '../generated/prisma/client.ts'
import { entityReads } from './entity-reads.ts'
import { gateWrites } from './gate-writes.ts'
import { ledgerReads } from './ledger-reads.ts'
import { occupancyReads } from './occupancy.ts'
import { projectionWrites } from './projection-writes.ts'
import { scanPages } from './scan-pages.ts'
import { scanWrites } from './scan-writes.ts'

export type Store = ReturnType<typeof createStore>

/** The one door to the database of gates. */
export function createStore(database: Database, outbox: Outbox) {
  const prisma = new PrismaClient({ adapter: database.adapter })
  const lists = Object.assign(entityReads(prisma, database), scanPages(database))
  const reads = Object.assign(lists, ledgerReads(database), occupancyReads(database))
  const writes = Object.assign(scanWrites(database, outbox), gateWrites(outbox), projectionWrites(database))
  return Object.assign(reads, writes)
}
