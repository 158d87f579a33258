// Load without `wrk`: plain sockets, each with one request under way; a process of its own, so that its work is on nobody's
// account.
import { answerParent } from '../processes/answer-parent.ts'
import { closedLoop, type Load } from './closed-loop.ts'
import { openConnections } from './connection.ts'
import { type HttpLoadOptions, headers, type MixedRequest } from './http-load.ts'

function requestOf(url: string, { body, headers: own }: MixedRequest): Buffer {
  const { host, pathname } = new URL(url)
  const lines = Object.entries({ ...headers, ...own }).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}`
  return Buffer.from(`${head}\r\n\r\n${body}`)
}

async function run(options: HttpLoadOptions): Promise<Load> {
  const mix = options.mix ?? [{ body: options.body, headers: {} }]
  const requests = mix.map((one) => requestOf(options.url, one))
  let sent = 0
  const expected = options.expected === undefined ? undefined : Buffer.from(options.expected)
  const connections = await openConnections(options.url, options.connections)
  const send = async (worker: number) => {
    const request = requests[sent % requests.length]
    sent += 1
    const answer = request && (await connections[worker]?.send(request))
    if (!answer) throw new Error('There is no such worker, or nothing to send.')
    const isExpected = expected === undefined || answer.body.equals(expected)
    if (!answer.head.startsWith('HTTP/1.1 200') || !isExpected)
      throw new Error(`${answer.head}\n\n${answer.body}`)
  }
  try {
    return await closedLoop({ inFlight: connections.length, seconds: options.seconds, send })
  } finally {
    for (const connection of connections) connection.close()
  }
}

answerParent({ run })
