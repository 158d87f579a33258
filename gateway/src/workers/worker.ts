import cluster from 'node:cluster'
import { isMessage, Line, type Message, type Questions } from './messages.ts'

/** Answers for all workers together. */
export interface Whole {
  /** Prometheus text of all. */
  metrics(): Promise<string>
  /** What keeps any of them from serving. */
  problems(): Promise<readonly string[]>
}

/** What serves in one process. */
export interface Serving {
  /** The TCP port that it got. */
  readonly port: number
  /** Prometheus text of this process. */
  metrics(): Promise<string>
  /** What keeps this process from serving. */
  problems(): readonly string[] | Promise<readonly string[]>
  /** Finishes what is under way and ends it. */
  stop(): Promise<void>
}

/** Makes what serves. `whole` is given where there are several: it answers /metrics and /health/ready for all. */
export type Serve = (whole: Whole | undefined) => Promise<Serving>

/** Longer than the parent waits for its slowest worker. */
const wholeLimitMs = 3_000

function send(message: Message): Promise<void> {
  return new Promise((resolve) => {
    // The parent may be gone: then this process ends by itself.
    if (!process.connected || !process.send) return resolve()
    process.send(message, undefined, undefined, () => resolve())
  })
}

function wholeBy(line: Line): Whole {
  return {
    async metrics() {
      const text = await line.ask('metrics', wholeLimitMs)
      if (text === undefined) throw new Error('The other workers cannot be asked.')
      return text
    },
    problems: async () => (await line.ask('problems', wholeLimitMs)) ?? ['the other workers cannot be asked'],
  }
}

/** Resolves when the parent says so, or somebody ends this process alone. */
function untilToldToStop(onMessage: (message: Message) => void): Promise<void> {
  return new Promise((resolve) => {
    process.on('message', (message: unknown) => {
      if (!isMessage(message)) return
      if (message.kind === 'stop') resolve()
      else onMessage(message)
    })
    process.once('SIGTERM', () => resolve())
    // A terminal sends Ctrl-C and its end to every process of the group: the parent decides.
    process.on('SIGINT', () => {})
    process.on('SIGHUP', () => {})
  })
}

/** The life of a worker: serves until it is told to stop. What it dies of at the start it tells its parent. */
export async function runWorker(serve: Serve): Promise<void> {
  const line = new Line((message) => void send(message))
  let serving: Serving | undefined
  const answer = async (id: number, question: keyof Questions): Promise<void> => {
    const own = question === 'metrics' ? serving?.metrics() : (serving?.problems() ?? ['starting'])
    // A question that fails here is one without an answer there.
    const given = await Promise.resolve(own).catch(() => undefined)
    await send({ kind: 'answer', id, answer: given })
  }
  const stopped = untilToldToStop((message) => {
    if (message.kind === 'answer') line.take(message.id, message.answer)
    if (message.kind === 'ask') void answer(message.id, message.question)
  })
  try {
    serving = await serve(wholeBy(line))
  } catch (error) {
    await send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    process.exit(1)
  }
  await send({ kind: 'ready', port: serving.port })
  await stopped
  await serving.stop()
  cluster.worker?.disconnect()
}
