// Asks one query again and again; a process of its own, so that its work is on nobody's account.
import { Pool } from 'undici'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { answerParent } from '../processes/answer-parent.ts'

/** One run. */
export interface PlacementRun {
  readonly url: string
  readonly accessToken: string
  readonly body: string
  readonly inFlight: number
  readonly seconds: number
}

/**
 * The same query in as many words as there are requests at once: fetches of one operation that are under way together are
 * one across the network, and what is to be measured here is what each costs.
 */
function variants(body: string, count: number): string[] {
  const { query, ...rest } = JSON.parse(body) as { readonly query: string }
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({ ...rest, query: query.replace('{', `{ v${index}: __typename `) }),
  )
}

async function run({ url, accessToken, body: one, inFlight, seconds }: PlacementRun): Promise<Load> {
  const pool = new Pool(url, { connections: inFlight, pipelining: 1 })
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer ${accessToken}`,
  }
  const bodies = variants(one, 2 * inFlight)
  let sent = 0
  const send = async () => {
    sent += 1
    const body = bodies[sent % bodies.length] ?? ''
    const response = await pool.request({ method: 'POST', path: '/graphql', headers, body })
    const text = await response.body.text()
    if (response.statusCode !== 200 || text.includes('"errors":')) throw new Error(text.slice(0, 2000))
  }
  try {
    return await closedLoop({ inFlight, seconds, send })
  } finally {
    await pool.close()
  }
}

answerParent({ run })
