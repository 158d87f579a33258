import { type Job, type Parts, repeat } from '@headcount/service'
import type { Store } from '../store/store.ts'
import type { Learner } from './learn.ts'

// A revocation holds at every gate within 5 s; asking takes 500 ms at most.
const EVERY_MS = 4000
const AT_WORK_MS = 60_000

/** What asking for devices again needs. */
export interface DeviceRecheckOptions {
  readonly store: Pick<Store, 'devicesAtWork'>
  readonly learner: Pick<Learner, 'device'>
  readonly log: Parts['log']
  readonly now: () => Date
}

/**
 * Asks auth every 4 s for the devices that are at work, 200 in one question: a revocation whose message is late, or was
 * lost, holds all the same. What auth says is kept by its version, so that an old answer changes nothing.
 */
export function createDeviceRecheck(options: DeviceRecheckOptions): Job {
  return repeat(() => recheckDevices(options), {
    everyMs: EVERY_MS,
    log: options.log,
    failure: 'devices could not be asked for again',
  })
}

async function recheckDevices({ store, learner, now }: DeviceRecheckOptions): Promise<void> {
  const devices = await store.devicesAtWork(new Date(now().getTime() - AT_WORK_MS))
  await Promise.all(devices.map(({ organizationId, id }) => learner.device(organizationId, id)))
}
