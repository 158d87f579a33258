import { type Job, type Parts, repeat } from '@headcount/service'
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
export function createHousekeeping(options: HousekeepingOptions): Job {
  return repeat(() => keepHouse(options), {
    everyMs: EVERY_MS,
    log: options.log,
    failure: 'the signing keys could not be read anew; trying again in 20 s',
  })
}

async function keepHouse({ store, keys, now }: HousekeepingOptions): Promise<void> {
  await keys.keepUp()
  await store.removeLapsed(now())
}
