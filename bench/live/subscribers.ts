import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { type Reached, readLine, type Taken, together } from './taken.ts'

/** How subscribers reach a server. */
export type Transport = 'web-socket' | 'events'

/** Whom to start. */
export interface Crowd {
  readonly program: string
  readonly port: number
  readonly count: number
  /** Events that they are dealt to. */
  readonly events: number
  readonly transport: Transport
  /** A file with a token a line, and one with the payload of `subscribe`, with `@` for the event's number. */
  readonly tokensFiles: readonly string[]
  readonly payloadFile: string
}

/** Subscribers that run, in one process or several. */
export interface Subscribers {
  /** Milliseconds from the beginning until all are subscribed, or have a first value. Rejects when one is refused. */
  reached(what: Reached['kind']): Promise<number>
  /** What came since the last time, and how many have not received this number yet. */
  take(seq: number): Promise<Taken>
  stop(): Promise<void>
}

/** A process may hold 20,000 files. */
export const mostOfProcess = 19_000

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts them; they connect at once. */
export function startSubscribers(crowd: Crowd): Subscribers {
  const parts = crowd.tokensFiles.map((tokensFile, index) => startPart(crowd, { tokensFile, index }))
  return {
    async reached(what) {
      return Math.max(...(await Promise.all(parts.map((part) => part.reached(what)))))
    },
    async take(seq) {
      return together(await Promise.all(parts.map((part) => part.take(seq))))
    },
    async stop() {
      await Promise.all(parts.map((part) => part.stop()))
    },
  }
}

/** How many subscribers each process has. */
export function sharesOf(count: number, processes: number): readonly number[] {
  return Array.from(
    { length: processes },
    (_, index) => Math.floor(((index + 1) * count) / processes) - Math.floor((index * count) / processes),
  )
}

function wordsOf(
  crowd: Crowd,
  { tokensFile, index }: { readonly tokensFile: string; readonly index: number },
) {
  const shares = sharesOf(crowd.count, crowd.tokensFiles.length)
  const first = shares.slice(0, index).reduce((sum, share) => sum + share, 0)
  return [
    `port=${crowd.port}`,
    `count=${shares[index] ?? 0}`,
    `first=${first}`,
    `events=${crowd.events}`,
    `transport=${crowd.transport}`,
    `payload=${crowd.payloadFile}`,
    `tokens=${tokensFile}`,
  ]
}

function startPart(
  crowd: Crowd,
  which: { readonly tokensFile: string; readonly index: number },
): Subscribers {
  const child: Child = spawn(crowd.program, wordsOf(crowd, which), { stdio: ['pipe', 'pipe', 'pipe'] })
  let lastWords = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-4000)
  })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const ended = gone.then(() => {
    throw new Error(`The subscribers ended:\n${lastWords}`)
  })
  // They may end when nobody waits for them.
  ended.catch(() => undefined)
  // Who is gone takes no more questions; `ended` says why.
  child.stdin.on('error', () => undefined)
  const reached = {
    subscribed: Promise.withResolvers<number>(),
    valued: Promise.withResolvers<number>(),
  }
  const asked: ((taken: Taken) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = readLine(text)
    if (line.kind === 'taken') asked.shift()?.(line)
    else reached[line.kind].resolve(line.micros / 1000)
  })
  return {
    reached: (what) => Promise.race([reached[what].promise, ended]),
    take(seq) {
      const taken = new Promise<Taken>((resolve) => asked.push(resolve))
      child.stdin.write(`take ${seq}\n`)
      return Promise.race([taken, ended])
    },
    async stop() {
      child.stdin.end()
      await gone
      if (lastWords !== '') process.stderr.write(lastWords)
    },
  }
}
