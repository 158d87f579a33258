// The load: a process of its own, so that its work is on nobody's account.
import { Pool } from 'undici'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { answerParent } from '../processes/answer-parent.ts'

/** One run. */
export interface LoadRun {
  readonly url: string
  readonly query: string
  readonly connections: number
  readonly seconds: number
}

async function run({ url, query, connections, seconds }: LoadRun): Promise<Load> {
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const body = JSON.stringify({ query })
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  try {
    return await closedLoop({
      inFlight: connections,
      seconds,
      async send() {
        const response = await pool.request({ method: 'POST', path, headers, body })
        const text = await response.body.text()
        if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${text}`)
      },
    })
  } finally {
    await pool.close()
  }
}

answerParent({ run })
