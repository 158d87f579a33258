import type { Job, Parts } from '@headcount/service'
import type { Store } from '../store/store.ts'
import type { SigningKeys } from './signing-keys.ts'

/** What keeping house needs. */
export interface HousekeepingOptions {
  readonly store: Store
  readonly keys: SigningKeys
  readonly now: () => Date
  readonly log: Parts['log']
}

// Less than the time for which a key that gave way is published beyond its last token: see signing-keys.ts.
const EVERY_MS = 20_000

/** Each 20 s: notices, or makes, a rotation of the signing keys, and deletes what has lapsed. */
export function createHousekeeping({ store, keys, now, log }: HousekeepingOptions): Job {
  return {
    start() {
      let underWay: Promise<void> = Promise.resolve()
      const timer = setInterval(() => {
        underWay = underWay.then(keepHouse)
      }, EVERY_MS)
      return () => {
        clearInterval(timer)
        return underWay
      }
    },
  }

  async function keepHouse(): Promise<void> {
    try {
      await keys.keepUp()
      await store.removeLapsed(now())
    } catch (error) {
      log.warn({ err: error }, 'the signing keys could not be read anew; trying again in 20 s')
    }
  }
}
