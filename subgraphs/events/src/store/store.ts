import type { Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import { eventChanged } from '../events.ts'
import {
  type EventGround,
  type GroundChange,
  insertEventRow,
  lockGround,
  updateEventRow,
  writeGround,
} from './ground.ts'
import { createReads } from './reads.ts'
import type { EventRow } from './rows.ts'

export type Store = ReturnType<typeof createStore>

/** The one door to the database of events. Batch reads take ids and answer in their order. */
export function createStore(database: Database, outbox: Outbox) {
  return Object.assign(createReads(database), createWrites(database, outbox))
}

function createWrites(database: Database, outbox: Outbox) {
  return {
    /** Keeps what auth says of a tenant, unless something newer is kept already. */
    async keepOrganization(organization: { id: string; slug: string; version: number }) {
      await database.query(
        `INSERT INTO organizations (id, slug, version) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, version = excluded.version
         WHERE organizations.version < excluded.version`,
        [organization.id, organization.slug, organization.version],
      )
    },
    /** Writes a new event with its ground; false when its slug is taken. */
    async insertEvent(event: EventRow, ground: Omit<GroundChange, 'event'> = {}): Promise<boolean> {
      return outbox.transaction(async (tx, publish) => {
        if (!(await insertEventRow(tx, event))) return false
        publish(eventChanged(event))
        await writeGround(tx, ground, publish)
        return true
      })
    },
    /**
     * Changes an event under its lock: `decide` sees the whole ground and answers what to write, together with what to
     * answer. Answers undefined when the tenant has no such event, and `taken` when the new slug is another event's.
     */
    async changeEvent<Decision extends { change?: GroundChange | undefined; answer: unknown }>(
      key: { organizationId: string; eventId: string },
      decide: (ground: EventGround) => Decision,
    ): Promise<{ answer: Decision['answer'] } | 'taken' | undefined> {
      return outbox.transaction(async (tx, publish) => {
        const ground = await lockGround(tx, key)
        if (!ground) return undefined
        const { change = {}, answer } = decide(ground)
        if (change.event) {
          if (!(await updateEventRow(tx, change.event))) return 'taken'
          publish(eventChanged(change.event))
        }
        await writeGround(tx, change, publish)
        return { answer }
      })
    },
  }
}
