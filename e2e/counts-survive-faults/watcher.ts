import { setTimeout as sleep } from 'node:timers/promises'
import { subscribe } from '../setup/live.ts'
import type { Ground } from './ground.ts'
import type { OccupancyLive, Watched, WatchedPicture } from './journal.ts'
import type { MachineRoom } from './machine-room.ts'
import type { SeededRandom } from './seeded-random.ts'

const WATCH = `subscription ($eventId: ID!, $afterSeq: Int) {
  occupancyChanged(eventId: $eventId, minIntervalMs: 100, afterSeq: $afterSeq) {
    seq inside admitted reset zones { zone { id } inside } } }`
const LOOK_MS = 50
const BREAK_MS = { least: 200, most: 1500 }
/** How long it stays before it leaves by itself. */
const STAY_MS = { least: 4000, most: 15_000 }

/**
 * Somebody who watches an event's counts over and over: leaves by itself now and then, is cut off by faults, and comes back
 * with the `seq` it has.
 */
export class Watcher implements Watched {
  readonly pictures: WatchedPicture[] = []
  connections = 0
  readonly #url: string
  readonly #ground: Ground
  readonly #random: SeededRandom
  readonly #running: Promise<void>
  #isOver = false

  constructor({ url }: Pick<MachineRoom, 'url'>, ground: Ground, random: SeededRandom) {
    this.#url = url
    this.#ground = ground
    this.#random = random
    this.#running = this.#run()
    // Awaited at the end; until then a failure must not end the program.
    this.#running.catch(() => {})
  }

  /** The last number that it has seen. */
  get seq(): number {
    return this.pictures.at(-1)?.seq ?? 0
  }

  /** Leaves for good. */
  async close(): Promise<void> {
    this.#isOver = true
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      await this.#watchOnce()
      if (!this.#isOver) await sleep(this.#random.between(BREAK_MS.least, BREAK_MS.most))
    }
  }

  async #watchOnce(): Promise<void> {
    const { eventId, organiser } = this.#ground
    const variables = { eventId, afterSeq: this.pictures.at(-1)?.seq }
    const live: OccupancyLive = subscribe(this.#url, organiser.accessToken, { query: WATCH, variables })
    this.connections++
    let hasEnded = false
    const ended = live.ended.then(() => {
      hasEnded = true
    })
    const leavesAt = performance.now() + this.#random.between(STAY_MS.least, STAY_MS.most)
    for (let read = 0; ; ) {
      read = this.#take(live, read)
      if (hasEnded || this.#isOver || performance.now() > leavesAt) break
      await Promise.race([ended, sleep(LOOK_MS)])
    }
    await live.close()
  }

  /** Takes what came since; answers how much has come in all. */
  #take({ messages }: OccupancyLive, read: number): number {
    const until = messages.length
    for (const { data } of messages.slice(read, until)) if (data) this.pictures.push(data.occupancyChanged)
    return until
  }
}
