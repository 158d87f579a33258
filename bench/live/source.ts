// The subgraph and its publisher in one process, as a service has them: it publishes changes of its events to Redis, answers
// the snapshot query with what it published last, and shows the key that signs the tokens.
import { setTimeout as sleep } from 'node:timers/promises'
import { buildSchema, graphqlSync } from 'graphql'
import { Redis } from 'ioredis'
import { serveAnswers } from '../http/serve-answers.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { plainTypeDefs } from './graph.ts'
import { channelOf, eventId, messageOf, nowMicros, type Occupancy, occupancyOf } from './message.ts'

/** What the source is given at its start. */
export interface SourceSetting {
  readonly redisUrl: string
  readonly jwks: string
}

/** Changes to publish: of each event so many, at so many a second. */
export interface Publishing {
  readonly events: number
  readonly count: number
  readonly rate: number
}

/** What was published. */
export interface Published {
  /** Number of the last change of each event. */
  readonly seq: number
  /** When the first one was published, by the monotonic clock. */
  readonly firstMicros: number
  /** How late the latest one was, in milliseconds: what the publisher itself could not do in time. */
  readonly latestMs: number
}

const schema = buildSchema(plainTypeDefs)
const states = new Map<string, Occupancy>()
let lastSeq = 1
let jwks = ''
let redis: Redis | undefined

const stateOf = (id: string) => states.get(id) ?? occupancyOf(id, lastSeq, nowMicros())

const server = serveAnswers((path, body) => {
  if (path === '/jwks.json') return jwks
  const { query, variables } = JSON.parse(body.toString()) as {
    readonly query: string
    readonly variables?: Record<string, unknown>
  }
  const rootValue = { occupancy: ({ eventId: id }: { readonly eventId: string }) => stateOf(id) }
  return JSON.stringify(graphqlSync({ schema, source: query, rootValue, variableValues: variables }))
})

function publishOne(event: number, seq: number): void {
  const id = eventId(event)
  const state = occupancyOf(id, seq, nowMicros())
  states.set(id, state)
  server.forget()
  // A change that cannot be published ends the bench: `redis` would queue it, and the stamp would lie.
  redis?.publish(channelOf(id), messageOf(state)).catch((error: unknown) => {
    throw error
  })
}

/** Evenly in time: of several events one after the other. */
async function publish({ events, count, rate }: Publishing): Promise<Published> {
  const firstSeq = lastSeq + 1
  const began = performance.now()
  const firstMicros = nowMicros()
  let latestMs = 0
  for (let done = 0; done < count * events; ) {
    const dueMs = (done * 1000) / (rate * events)
    const waitMs = began + dueMs - performance.now()
    if (waitMs > 1) await sleep(waitMs)
    latestMs = Math.max(latestMs, performance.now() - began - dueMs)
    publishOne(done % events, firstSeq + Math.floor(done / events))
    done++
    // Others must get their turn where it is behind: the answers of Redis, and those to the gateway.
    if (waitMs <= 1 && done % 100 === 0) await sleep(0)
  }
  lastSeq += count
  return { seq: lastSeq, firstMicros, latestMs }
}

async function listen(setting: SourceSetting): Promise<string> {
  jwks = setting.jwks
  redis = new Redis(setting.redisUrl, { lazyConnect: true, maxRetriesPerRequest: 0 })
  await redis.connect()
  return server.listen()
}

answerParent({ listen, publish, counts: server.counts }, () => redis?.disconnect())
