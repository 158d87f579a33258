import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { headers } from '../load/http-load.ts'
import { percentile } from '../load/percentile.ts'
import { queryText } from './graph.ts'
import { eventId } from './message.ts'

/** Time that plain queries took. */
export interface QueryTimes {
  readonly count: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

/** Whom to ask, with whose token. */
export interface Asked {
  readonly port: number
  readonly token: string
}

const EVERY_MS = 20
/** Each query asks for another event, so that none is answered together with another one. */
const EVENTS = 1000

/**
 * Asks a server 50 plain queries a second, whether those before are answered or not, until told to end.
 * @throws Error when one is not answered with its data
 */
export async function askUntil({ port, token }: Asked, isOver: () => boolean): Promise<QueryTimes> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 32 })
  const ask = async (number: number): Promise<number> => {
    const began = performance.now()
    const { body } = await pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: queryText, variables: { eventId: eventId(number % EVENTS) } }),
    })
    const text = await body.text()
    if (!text.includes('"inside":')) throw new Error(`A query was answered with ${text.slice(0, 500)}`)
    return performance.now() - began
  }
  const asked: Promise<number>[] = []
  for (const began = performance.now(); !isOver(); ) {
    const one = ask(asked.length)
    // It is heard of below.
    one.catch(() => undefined)
    asked.push(one)
    await sleep(Math.max(0, began + asked.length * EVERY_MS - performance.now()))
  }
  const times = (await Promise.all(asked)).sort((one, other) => one - other)
  await pool.close()
  const at = (percent: number) => percentile(times, percent)
  return { count: times.length, p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) }
}
