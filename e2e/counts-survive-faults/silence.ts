import { setTimeout as sleep } from 'node:timers/promises'
import type { Journal } from './journal.ts'
import type { MachineName, MachineRoom } from './machine-room.ts'

/** A time in which gates heard of no other service. */
export interface Silence {
  /** When each service must have been found silent, and when they were let go on; milliseconds since 1970. */
  readonly from: number
  readonly to: number
}

const SILENT: readonly MachineName[] = ['participants', 'events', 'analytics']
/** Gates takes a service for silent after 5 s; the rest is for the message that was under way. */
const NOTICED_MS = 6500
const LASTS_MS = 10_000

/** Stops the services that gates relies on, for a while. */
export async function silenceOthers(room: MachineRoom): Promise<Silence> {
  const startedAt = Date.now()
  for (const name of SILENT) room.signal(name, 'SIGSTOP')
  await sleep(LASTS_MS)
  const to = Date.now()
  for (const name of SILENT) room.signal(name, 'SIGCONT')
  await room.untilReady()
  return { from: startedAt + NOTICED_MS, to }
}

/** The attempts that were sent and answered in a silence. */
export function answeredIn({ from, to }: Silence, { online }: Pick<Journal, 'online'>) {
  return online.filter(({ sentAt, toldAt }) => sentAt >= from && toldAt <= to)
}
