import { setTimeout as sleep } from 'node:timers/promises'
import type { Candidate } from './candidates/candidate.ts'
import { settle, underLoad } from './load.ts'
import { askUntil } from './queries.ts'
import type { Arrival, Load, Run, Setting } from './run.ts'
import type { Stage } from './stage.ts'
import { type Server, startServer } from './start.ts'
import { type Subscribers, startSubscribers } from './subscribers.ts'
import { serverUsage } from './usage.ts'

const ARRIVAL_MS = 180_000
/** What the first minute of a server would show is how it is compiled. */
const WARM_UP = { rate: 5, seconds: 2 }
const QUIET_MS = 1000
const IDLE_QUERIES_MS = 3000

/** What takes part in one measurement. */
export interface Scene {
  readonly stage: Stage
  readonly server: Server
  readonly subscribers: Subscribers
  readonly setting: Setting
}

/** Starts a server, lets all subscribe, publishes at each rate, and ends it. */
export async function measure(stage: Stage, candidate: Candidate, setting: Setting): Promise<Run> {
  const server = await startServer(candidate, stage.place)
  const baseBytes = serverUsage(server.program.pid).residentBytes
  const subscribers = startSubscribers({
    program: stage.programs.subscribers,
    port: server.port,
    count: setting.subscribers,
    events: setting.events,
    transport: stage.place.transport,
    tokensFiles: stage.tokensFiles(setting.subscribers, setting.processes),
    payloadFile: stage.payloadFile(setting.minIntervalMs),
  })
  const scene: Scene = { stage, server, subscribers, setting }
  try {
    const arrival = await server.program.during(arrive(scene, baseBytes))
    await server.program.during(warmUp(scene))
    const loads: Load[] = []
    for (const rate of setting.rates) loads.push(await server.program.during(underLoad(scene, rate)))
    return { candidate, setting, arrival, loads }
  } finally {
    await subscribers.stop()
    await server.stop()
  }
}

async function arrive({ server, subscribers, setting, stage }: Scene, baseBytes: number): Promise<Arrival> {
  const late = sleep(ARRIVAL_MS, undefined, { ref: false }).then(() => {
    throw new Error(`${server.candidate.title}: not all were subscribed after ${ARRIVAL_MS / 1000} s.`)
  })
  const subscribedMs = await Promise.race([subscribers.reached('subscribed'), late])
  const { hasFirstValue } = server.candidate
  const valuedMs = hasFirstValue ? await Promise.race([subscribers.reached('valued'), late]) : undefined
  await sleep(QUIET_MS)
  const idleBytes = serverUsage(server.program.pid).residentBytes
  const end = performance.now() + IDLE_QUERIES_MS
  const asked = { port: server.port, token: stage.token }
  const queries = setting.isAsking ? await askUntil(asked, () => performance.now() > end) : undefined
  return { subscribedMs, valuedMs, baseBytes, idleBytes, queries }
}

/** Also shows that everybody is subscribed: some servers do not say so. @throws Error when nobody receives anything */
async function warmUp({ stage, server, subscribers, setting }: Scene): Promise<void> {
  const { rate, seconds } = WARM_UP
  const first = await stage.publish({ events: setting.events, count: 1, rate: 1 })
  const behind = await settle(subscribers, first.seq)
  if (behind > 0)
    throw new Error(`${server.candidate.title}: ${behind} of ${setting.subscribers} receive nothing.`)
  const { seq } = await stage.publish({ events: setting.events, count: rate * seconds, rate })
  await settle(subscribers, seq)
}
