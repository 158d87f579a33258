import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { asked, expected } from './subgraphs.ts'

/** Requests under way at any time, but for their pauses. */
const AT_ONCE = 16
const PAUSE_MS = 10
const ANSWER_MS = 20_000
const body = JSON.stringify({ query: asked })

/** Load that goes on until it is stopped. */
export interface Load {
  /** Right answers so far. */
  readonly answered: number
  /** What was no right answer, in words. */
  readonly failures: readonly string[]
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/** Asks a gateway all the time. */
export function startLoad(url: string): Load {
  const pool = new Pool(url, { connections: AT_ONCE, pipelining: 1, headersTimeout: ANSWER_MS })
  const failures: string[] = []
  let answered = 0
  let isOver = false
  const ask = async () => {
    const headers = { 'content-type': 'application/json' }
    const response = await pool.request({ path: '/graphql', method: 'POST', headers, body })
    const text = await response.body.text()
    if (text === expected) answered += 1
    else failures.push(`${response.statusCode} ${text}`)
  }
  const work = async () => {
    while (!isOver) {
      await ask().catch((error) => failures.push(String(error)))
      await sleep(PAUSE_MS)
    }
  }
  const workers = Array.from({ length: AT_ONCE }, work)
  return {
    get answered() {
      return answered
    },
    failures,
    async stop() {
      isOver = true
      await Promise.all(workers)
      await pool.close()
    },
  }
}
