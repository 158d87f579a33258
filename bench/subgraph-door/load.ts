// The gateway's side: fetches over kept connections, closed loop.
import { Pool } from 'undici'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { type HttpWay, httpWays, type QuestionName, questions } from './ways.ts'

/** A run over HTTP. */
export interface HttpRun {
  readonly url: string
  readonly way: HttpWay
  readonly question: QuestionName
  readonly connections: number
  readonly seconds: number
}

/** What one fetch is answered. */
async function fetchOnce(pool: Pool, { way, question }: HttpRun): Promise<string> {
  const { headers, body } = httpWays[way](questions[question])
  const response = await pool.request({ path: '/graphql', method: 'POST', headers, body })
  return response.body.text()
}

async function run(options: HttpRun): Promise<Load> {
  const { url, way, question, connections, seconds } = options
  const pool = new Pool(new URL(url).origin, { connections })
  const { headers, body } = httpWays[way](questions[question])
  const expected = await fetchOnce(pool, options)
  try {
    return await closedLoop({
      inFlight: connections,
      seconds,
      async send() {
        const response = await pool.request({ path: '/graphql', method: 'POST', headers, body })
        const text = await response.body.text()
        if (text !== expected) throw new Error(`${way}: another answer: ${text}`)
      },
    })
  } finally {
    await pool.close()
  }
}

async function answer(options: HttpRun): Promise<unknown> {
  const pool = new Pool(new URL(options.url).origin)
  try {
    return JSON.parse(await fetchOnce(pool, options))
  } finally {
    await pool.close()
  }
}

answerParent({ run, answer })
