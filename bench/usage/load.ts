// The load: plain sockets that send a mix of operations as a mix of clients, as fast as they are answered or so many a second.
import { setTimeout as sleep } from 'node:timers/promises'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { type Connection, openConnections } from '../load/connection.ts'
import { percentile } from '../load/percentile.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { bodies, clients } from './graph.ts'

/** One run. */
export interface MixedRun {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  /** Requests a second; undefined = as many as are answered. */
  readonly rate: number | undefined
}

const requests = bodies.flatMap((body) =>
  clients.map(({ name, version }) =>
    Buffer.from(
      `POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\naccept: application/json\r\napollographql-client-name: ${name}\r\napollographql-client-version: ${version}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  ),
)
// A prime, so that all pairs come in turn and neighbours differ.
const step = 7_919
let sent = 0

async function send(connection: Connection | undefined): Promise<void> {
  sent += step
  const request = requests[sent % requests.length]
  if (!connection || !request) throw new Error('There is nothing to send, or nowhere.')
  const { head, body } = await connection.send(request)
  if (!head.startsWith('HTTP/1.1 200') || body.includes('"errors"')) throw new Error(`${head}\n\n${body}`)
}

/** So many a second, spread evenly; where no connection is free a request waits for one, and its time runs. */
async function paced(connections: readonly Connection[], rate: number, seconds: number): Promise<Load> {
  const free = [...connections]
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  const total = Math.round(rate * seconds)
  let begun = 0
  let failed: unknown
  const begin = (connection: Connection) => {
    const dueAt = startedAt + (begun / rate) * 1000
    begun += 1
    send(connection).then(
      () => {
        latenciesMs.push(performance.now() - dueAt)
        free.push(connection)
      },
      (error: unknown) => {
        failed = error
      },
    )
  }
  while (latenciesMs.length < total && failed === undefined) {
    const due = Math.min(total, ((performance.now() - startedAt) / 1000) * rate)
    for (let next = free.at(-1); next && begun < due; next = free.at(-1)) {
      free.pop()
      begin(next)
    }
    await sleep(1)
  }
  if (failed !== undefined) throw failed
  const sorted = Float64Array.from(latenciesMs).sort()
  const tookSeconds = (performance.now() - startedAt) / 1000
  const at = (percent: number) => percentile(sorted, percent)
  return { answered: sorted.length, seconds: tookSeconds, p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) }
}

async function run({ url, connections: count, seconds, rate }: MixedRun): Promise<Load> {
  const connections = await openConnections(url, count)
  try {
    if (rate !== undefined) return await paced(connections, rate, seconds)
    return await closedLoop({ inFlight: count, seconds, send: (worker) => send(connections[worker]) })
  } finally {
    for (const connection of connections) connection.close()
  }
}

answerParent({ run })
