import { setTimeout as sleep } from 'node:timers/promises'
import { type CoreTimes, gatewayCoreTimes, otherCoreTimes } from '../processes/core.ts'
import { Lags } from './lag.ts'
import type { Scene } from './measure.ts'
import { askUntil } from './queries.ts'
import type { Load, Moment } from './run.ts'
import type { Subscribers } from './subscribers.ts'
import { Received, type Taken } from './taken.ts'
import { serverUsage } from './usage.ts'

const SAMPLE_MS = 1000
const LOOK_MS = 100
/** Who receives nothing for so long receives nothing more. */
const SILENCE_MS = 10_000
const LONGEST_MS = 60_000

/** Waits until all have a number, or nothing comes any more; answers how many have not. */
export async function settle(
  subscribers: Subscribers,
  seq: number,
  onTaken: (taken: Taken) => void = () => undefined,
): Promise<number> {
  const end = performance.now() + LONGEST_MS
  for (let lastAt = performance.now(); ; await sleep(LOOK_MS)) {
    const taken = await subscribers.take(seq)
    onTaken(taken)
    const now = performance.now()
    if (taken.received > 0) lastAt = now
    if (taken.behind === 0 || now > end || now - lastAt > SILENCE_MS) return taken.behind
  }
}

const busy = (from: CoreTimes, to: CoreTimes) => {
  const busyMs = to.busyMs - from.busyMs
  return busyMs / (busyMs + to.idleMs - from.idleMs)
}

/** Publishes at a rate and follows what comes of it. */
export async function underLoad(scene: Scene, rate: number): Promise<Load> {
  const { stage, server, subscribers, setting } = scene
  const { pid } = server.program
  const received = new Received()
  const moments: Moment[] = []
  // What came before is no part of it.
  const { cpuMicros: loadCpuBefore } = await subscribers.take(0)
  const began = performance.now()
  const cores = { own: gatewayCoreTimes(), other: otherCoreTimes() }
  const cpuBefore = serverUsage(pid).cpuMicros
  let loadCpuMicros = 0
  const take = (taken: Taken) => {
    received.add(taken)
    loadCpuMicros = taken.cpuMicros - loadCpuBefore
    const lags = new Lags()
    lags.add(taken.lags)
    const [p50Ms, p99Ms] = [lags.percentileMs(50), lags.percentileMs(99)]
    const { residentBytes } = serverUsage(pid)
    moments.push({ seconds: (performance.now() - began) / 1000, p50Ms, p99Ms, residentBytes })
  }
  const count = Math.round(rate * setting.seconds)
  let isOver = false
  const asked = { port: server.port, token: stage.token }
  const asking = setting.isAsking ? askUntil(asked, () => isOver) : undefined
  const publishing = stage.publish({ events: setting.events, count, rate }).finally(() => {
    isOver = true
  })
  while (!isOver) {
    await Promise.race([publishing, sleep(SAMPLE_MS)])
    take(await subscribers.take(0))
  }
  const { seq, firstMicros, latestMs } = await publishing
  const behind = await settle(subscribers, seq, take)
  const shares = {
    ownCore: busy(cores.own, gatewayCoreTimes()),
    otherCore: busy(cores.other, otherCoreTimes()),
  }
  return {
    rate,
    changes: count,
    received,
    expected: count * setting.subscribers,
    behind,
    cpuMicros: serverUsage(pid).cpuMicros - cpuBefore,
    loadCpuMicros,
    wallMicros: Math.max(received.lastMicros - firstMicros, (count / rate) * 1_000_000),
    residentBytes: Math.max(...moments.map(({ residentBytes }) => residentBytes)),
    ...shares,
    publisherLateMs: latestMs,
    moments,
    queries: await asking,
  }
}
