// One client in a process of its own, so that all the CPU time of the process is its.
import { answerParent } from '../processes/answer-parent.ts'
import { type Client, type ClientName, clients } from './clients.ts'
import { answers, type Size } from './sizes.ts'

/** One run. */
export interface ClientRun {
  readonly url: string
  readonly client: ClientName
  readonly size: Size
  readonly connections: number
  readonly seconds: number
}

/** What it gave. */
export interface ClientResult {
  readonly answered: number
  readonly seconds: number
  /** CPU time of the process, user and system, while it ran. */
  readonly cpuMicros: number
}

async function run({ url, client: name, size, connections, seconds }: ClientRun): Promise<ClientResult> {
  const client = clients[name]({ url, path: `/${size}`, connections })
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const answered = await keepCalling(client, { expected: answers[size], connections, seconds })
  const { user, system } = process.cpuUsage(cpuBefore)
  const result = { answered, seconds: (performance.now() - startedAt) / 1000, cpuMicros: user + system }
  await client.close()
  return result
}

/** Each of so many callers sends its next call when the last is answered; no promise of ours is in the way. */
function keepCalling(
  client: Client,
  { expected, connections, seconds }: { expected: string; connections: number; seconds: number },
): Promise<number> {
  const endsAt = performance.now() + seconds * 1000
  let answered = 0
  let callers = connections
  return new Promise((resolve, reject) => {
    const next = (error: Error | undefined, text: string) => {
      if (error || text.length !== expected.length) {
        reject(error ?? new Error(`An answer of ${text.length} characters, not ${expected.length}.`))
        return
      }
      answered++
      // The clock is not asked for every call, it would be part of the figure.
      if (answered % 64 !== 0 && callers === connections) client.send(next)
      else if (performance.now() < endsAt) client.send(next)
      else if (--callers === 0) resolve(answered)
    }
    for (let caller = 0; caller < connections; caller++) client.send(next)
  })
}

answerParent({ run })
