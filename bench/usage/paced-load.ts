// The load of a fixed rate: plain sockets that send the mix of requests, so many a second.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Load } from '../load/closed-loop.ts'
import { type Connection, openConnections } from '../load/connection.ts'
import { headers } from '../load/http-load.ts'
import { percentile } from '../load/percentile.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { mix } from './graph.ts'

/** One run. */
export interface PacedRun {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  /** Requests a second. */
  readonly rate: number
}

const requests = mix.map(({ body, headers: own }) => {
  const lines = Object.entries({ host: 'gateway', ...headers, ...own }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return Buffer.from(
    `POST /graphql HTTP/1.1\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
})

async function send(connection: Connection, number: number): Promise<void> {
  const request = requests[number % requests.length]
  if (!request) throw new Error('There is nothing to send.')
  const { head, body } = await connection.send(request)
  if (!head.startsWith('HTTP/1.1 200') || body.includes('"errors"')) throw new Error(`${head}\n\n${body}`)
}

/** Spread evenly; where no connection is free a request waits for one, and its time runs. */
async function paced(free: Connection[], { rate, seconds }: PacedRun): Promise<Load> {
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  const total = Math.round(rate * seconds)
  let begun = 0
  let failure: unknown
  const begin = (connection: Connection) => {
    const dueAt = startedAt + (begun / rate) * 1000
    const sent = send(connection, begun)
    begun += 1
    sent.then(
      () => {
        latenciesMs.push(performance.now() - dueAt)
        free.push(connection)
      },
      (error: unknown) => {
        failure = error
      },
    )
  }
  while (latenciesMs.length < total && failure === undefined) {
    const due = Math.min(total, ((performance.now() - startedAt) / 1000) * rate)
    for (let next = free.at(-1); next && begun < due; next = free.at(-1)) {
      free.pop()
      begin(next)
    }
    await sleep(1)
  }
  if (failure !== undefined) throw failure
  const sorted = Float64Array.from(latenciesMs).sort()
  const tookSeconds = (performance.now() - startedAt) / 1000
  const at = (percent: number) => percentile(sorted, percent)
  return { answered: sorted.length, seconds: tookSeconds, p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) }
}

async function run(options: PacedRun): Promise<Load> {
  const connections = await openConnections(options.url, options.connections)
  try {
    return await paced([...connections], options)
  } finally {
    for (const connection of connections) connection.close()
  }
}

answerParent({ run })
