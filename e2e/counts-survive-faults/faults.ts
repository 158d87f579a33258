import { setTimeout as sleep } from 'node:timers/promises'
import type { MachineName, MachineRoom } from './machine-room.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** What is done to a machine: killed, killed and left dead for a while, stopped and let go on; Postgres also asked to end at once. */
export type Manner = 'kill' | 'kill and wait' | 'freeze' | 'immediate shutdown'

/** One fault that was made. */
export interface Fault {
  readonly machine: MachineName
  readonly manner: Manner
  /** Milliseconds since 1970. */
  readonly from: number
  /** When all was ready again; infinite while it is not. */
  to: number
}

const PAUSE_MS = { least: 2000, most: 6000 }
const FREEZE_MS = { least: 1000, most: 4000 }
const DEAD_MS = { least: 500, most: 3000 }
const BACK_MS = 30_000
const MOST_AT_ONCE = 2

/** How often each is chosen. The whole platform takes long to come back, so it is chosen seldom. */
const odds: readonly (readonly [MachineName, number])[] = [
  ['gates', 5],
  ['gateway', 4],
  ['postgres', 3],
  ['nats', 3],
  ['valkey', 3],
  ['participants', 2],
  ['events', 1],
  ['analytics', 2],
  ['auth', 1],
  ['platform', 1],
]

/** Makes faults until it is told to end, each by the seed. */
export class FaultMaker {
  readonly faults: Fault[] = []
  readonly #room: MachineRoom
  readonly #random: SeededRandom
  readonly #active = new Map<MachineName, Promise<void>>()
  readonly #all: Promise<void>[] = []
  readonly #running: Promise<void>
  #pause = Promise.resolve()
  #isOver = false

  constructor(room: MachineRoom, random: SeededRandom) {
    this.#room = room
    this.#random = random
    this.#running = this.#run()
    // Awaited at the end; until then a failure must not end the program.
    this.#running.catch(() => {})
  }

  /** Makes no more; resolves when all that was hurt is well. */
  async finish(): Promise<void> {
    this.#isOver = true
    await this.#running
    await Promise.all(this.#all)
    await this.#room.untilReady()
  }

  /** Makes no more, whatever became of the others; resolves when nothing is under way. */
  async abandon(): Promise<void> {
    this.#isOver = true
    await Promise.allSettled([this.#running])
    await Promise.allSettled(this.#all)
  }

  /** Keeps all well while `work` runs. */
  async pauseFor<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#pause = promise
    try {
      await Promise.all(this.#active.values())
      await this.#room.untilReady()
      return await work()
    } finally {
      resolve()
    }
  }

  async #run(): Promise<void> {
    const random = this.#random
    while (!this.#isOver) {
      // All is drawn in one order, so that a seed gives the same faults however fast the machine is.
      const pauseMs = random.between(PAUSE_MS.least, PAUSE_MS.most)
      const machine = choose(random)
      const manner = mannerFor(machine, random)
      const own = seededRandom(random.below(2 ** 31))
      await sleep(pauseMs)
      await this.#untilFree(machine)
      if (!this.#isOver) this.#begin({ machine, manner, from: Date.now(), to: Number.POSITIVE_INFINITY }, own)
    }
  }

  /** Waits for room: never two of one machine at once, and what brings everything down comes alone. */
  async #untilFree(machine: MachineName): Promise<void> {
    const active = this.#active
    const most = machine === 'platform' ? 1 : MOST_AT_ONCE
    while (active.has(machine) || active.has('platform') || active.size >= most)
      await Promise.race(active.values())
    await this.#pause
  }

  #begin(fault: Fault, random: SeededRandom): void {
    this.faults.push(fault)
    const under = hurt(this.#room, fault, random).finally(() => this.#active.delete(fault.machine))
    under.catch(() => {})
    this.#active.set(fault.machine, under)
    this.#all.push(under)
  }
}

function choose(random: SeededRandom): MachineName {
  return random.pick(odds.flatMap(([name, weight]) => Array<MachineName>(weight).fill(name))) ?? 'gates'
}

function mannerFor(machine: MachineName, random: SeededRandom): Manner {
  const isManaged = machine === 'postgres' || machine === 'nats' || machine === 'valkey'
  const manners: Manner[] = ['kill', 'kill', 'freeze']
  if (isManaged || machine === 'platform') manners.push('kill and wait')
  if (machine === 'postgres') manners.push('immediate shutdown')
  return random.pick(manners) ?? 'kill'
}

async function hurt(room: MachineRoom, fault: Fault, random: SeededRandom): Promise<void> {
  const { machine, manner } = fault
  if (manner === 'freeze') await freeze(room, machine, random)
  else await kill(room, fault, random)
  await room.untilReady()
  fault.to = Date.now()
}

async function freeze(room: MachineRoom, machine: MachineName, random: SeededRandom): Promise<void> {
  const all = room.pidsOf(machine)
  // One of the processes that serve; of others all there are.
  const pids = machine === 'gateway' ? all.slice(0, 1) : all
  room.signalEach(pids, 'SIGSTOP')
  await sleep(random.between(FREEZE_MS.least, FREEZE_MS.most))
  room.signalEach(pids, 'SIGCONT')
}

async function kill(room: MachineRoom, { machine, manner }: Fault, random: SeededRandom): Promise<void> {
  const before = room.pidsOf(machine)
  // The postmaster alone: its children notice by themselves. Of those that serve, one.
  const pids = machine === 'gateway' || machine === 'postgres' ? before.slice(0, 1) : before
  room.signalEach(pids, manner === 'immediate shutdown' ? 'SIGQUIT' : 'SIGKILL')
  if (manner === 'kill and wait') await sleep(random.between(DEAD_MS.least, DEAD_MS.most))
  await room.restart(machine)
  await untilReplaced(room, machine, pids)
}

async function untilReplaced(room: MachineRoom, machine: MachineName, old: readonly number[]): Promise<void> {
  const until = performance.now() + BACK_MS
  while (performance.now() < until) {
    const now = room.pidsOf(machine)
    if (now.length > 0 && now.every((pid) => !old.includes(pid))) return
    await sleep(50)
  }
  throw new Error(`${machine} was killed and is not back after ${BACK_MS / 1000} s.`)
}
