import { type Job, type Parts, repeat } from '@headcount/service'
import type { Store } from '../store/store.ts'
import { transitionEvent } from './transition-event.ts'

const EVERY_MS = 1000

/** What the door opener needs. */
interface DoorOpenerOptions extends Pick<Parts, 'now' | 'log'> {
  readonly store: Store
}

/**
 * Opens the doors of events that want it, at most a second late. Any number of processes may do it: the version lets
 * one of them win.
 */
export function createDoorOpener(options: DoorOpenerOptions): Job {
  return repeat(() => openDueDoors(options), {
    everyMs: EVERY_MS,
    log: options.log,
    failure: 'could not look for doors to open',
  })
}

/** Opens what is due now. A database that does not answer is for the next second. */
async function openDueDoors({ store, now, log }: DoorOpenerOptions): Promise<void> {
  for (const { id, organizationId, version } of await store.eventsToOpen(now())) {
    await transitionEvent(store, organizationId, {
      eventId: id,
      to: 'DOORS_OPEN',
      expectedVersion: version,
    })
    log.info({ eventId: id }, 'doors opened by schedule')
  }
}
