import { setTimeout as sleep } from 'node:timers/promises'
import type { Topics } from '@headcount/live'
import type { Parts } from '@headcount/service'
import type { OccupancyRow } from '../store/occupancy.ts'
import type { Store } from '../store/store.ts'

const PAUSE_MS = 100
// Between two looks at who listens, so that the changes of many events gather.
const ROUND_MS = 25
const MAXIMUM_REMEMBERED = 10_000

/** Tells live listeners the counts of events. */
export interface OccupancyPublisher {
  /** Says that an event's counts changed. Returns at once: at most every 100 ms the latest state is told. */
  changed(eventId: string): void
  /** Shows every listener that its numbers are fresh; with the numbers where only rates changed. */
  beat(): Promise<void>
  /** Resolves when nothing is under way any more; changes from here on are not told. */
  stop(): Promise<void>
}

/** What a publisher needs. */
export interface PublisherOptions {
  readonly store: Pick<Store, 'occupancies'>
  readonly topics: Topics
  readonly log: Parts['log']
  readonly now: () => Date
}

const OCCUPANCY_CHANNELS = 'org:*:event:*:occupancy'

/** The channel of an event's counts. */
function occupancyChannel(organizationId: string, eventId: string): string {
  return `org:${encodeURIComponent(organizationId)}:event:${encodeURIComponent(eventId)}:occupancy`
}

/** The event whose counts a channel tells. */
function eventOf(channel: string): string {
  return decodeURIComponent(channel.split(':')[3] ?? '')
}

/**
 * Makes a publisher. The first change of an event goes at once; those within 100 ms after it go together. Only events that
 * somebody listens to are read.
 *
 * Nobody is missed: who listens is asked after the change was committed. A listener that is not on that list subscribes
 * later, and reads its snapshot later still, with the change in it.
 */
export function createOccupancyPublisher(options: PublisherOptions): OccupancyPublisher {
  const { store, log, now } = options
  // Events with a change that is not told yet → the timer that waits for their turn.
  const waiting = new Map<string, NodeJS.Timeout | undefined>()
  const ready = new Set<string>()
  const toldAtMs = new Map<string, number>()
  const teller = createTeller(options)
  let flushing: Promise<void> | undefined
  let nextRoundAtMs = 0
  let isStopped = false

  async function flush(): Promise<void> {
    while (ready.size > 0) {
      if (nextRoundAtMs > Date.now()) await sleep(nextRoundAtMs - Date.now())
      nextRoundAtMs = Date.now() + ROUND_MS
      const ids = [...ready]
      ready.clear()
      for (const id of ids) {
        // From here on a further change must be told again: the looks below may be too early for it.
        waiting.delete(id)
        toldAtMs.set(id, Date.now())
      }
      try {
        const listened = await listenedOf(ids, options.topics)
        const rows = listened.length > 0 ? await store.occupancies(listened, now()) : []
        await Promise.all(rows.map((row) => teller.tell(row, true)))
      } catch (err) {
        log.warn({ err }, 'counts could not be read for their listeners')
      }
    }
    forgetOld(toldAtMs)
    // In the same turn as the last look at `ready`: whoever comes later starts anew.
    flushing = undefined
  }

  function enqueue(eventId: string): void {
    ready.add(eventId)
    flushing ??= flush()
  }

  return {
    changed(eventId) {
      if (isStopped || waiting.has(eventId)) return
      const delayMs = (toldAtMs.get(eventId) ?? 0) + PAUSE_MS - Date.now()
      waiting.set(eventId, delayMs > 0 ? setTimeout(() => enqueue(eventId), delayMs) : undefined)
      if (delayMs <= 0) enqueue(eventId)
    },
    async beat() {
      const channels = await options.topics.activeChannels(OCCUPANCY_CHANNELS)
      if (channels.length === 0) return
      const listened = new Set(channels)
      const rows = await store.occupancies([...new Set(channels.map(eventOf))], now())
      await Promise.all(
        rows
          .filter((row) => listened.has(occupancyChannel(row.organizationId, row.event.id)))
          .map((row) => teller.tell(row, teller.hasOtherRates(row))),
      )
    },
    async stop() {
      isStopped = true
      for (const timer of waiting.values()) clearTimeout(timer)
      await flushing
    },
  }
}

/** The events among these that somebody listens to, whatever process it is in; all of them where nobody can say. */
async function listenedOf(ids: readonly string[], topics: Topics): Promise<readonly string[]> {
  let channels: readonly string[]
  try {
    channels = await topics.activeChannels(OCCUPANCY_CHANNELS)
  } catch {
    return ids
  }
  const listened = new Set(channels.map(eventOf))
  return ids.filter((id) => listened.has(id))
}

/** Sends counts to their channels, and remembers what it sent last. */
function createTeller({ topics, log }: Pick<PublisherOptions, 'topics' | 'log'>) {
  const told = new Map<string, { readonly seq: number; readonly rates: string }>()
  return {
    hasOtherRates: (row: OccupancyRow) => told.get(row.event.id)?.rates !== ratesOf(row),
    async tell(row: OccupancyRow, isWhole: boolean): Promise<void> {
      const { event, seq, organizationId } = row
      // A read that was overtaken by a later one: `seq` never falls on a channel.
      const before = told.get(event.id)
      if (before && before.seq > seq) return
      told.set(event.id, { seq, rates: isWhole || !before ? ratesOf(row) : before.rates })
      forgetOld(told)
      const message = { seq, asOf: row.asOf.toISOString(), ...(isWhole && { data: dataOf(row) }) }
      try {
        await topics.publish(occupancyChannel(organizationId, event.id), message)
      } catch (err) {
        log.warn({ err, eventId: event.id }, 'counts could not be told to their listeners')
      }
    },
  }
}

/** Exactly the selection that `@topic(carries:)` names, as GraphQL writes its values. */
function dataOf(row: OccupancyRow): object {
  const { seq, admitted, inside, reset, event } = row
  return {
    ...{ seq, asOf: row.asOf.toISOString(), admitted, inside, reset },
    event: { id: event.id, name: event.name },
    zones: row.zones.map(({ zone: { id, name, capacity, enforcement }, inside: bodies }) => ({
      zone: { id, name, capacity, enforcement },
      inside: bodies,
    })),
    gates: row.gates.map(({ gate: { id, name, status }, ...counts }) => ({
      gate: { id, name, status },
      ...counts,
    })),
  }
}

function ratesOf(row: OccupancyRow): string {
  return row.gates.map(({ entriesPerMinute }) => entriesPerMinute).join()
}

function forgetOld(remembered: Map<string, unknown>): void {
  for (const key of remembered.keys()) {
    if (remembered.size <= MAXIMUM_REMEMBERED) return
    remembered.delete(key)
  }
}
