import type { OpenSource, SourceListener } from './open-source.ts'

/** What is asked again and again. */
export interface PollOptions extends SourceListener {
  /** Time from an answer to the next question, give or take a tenth, in milliseconds. */
  readonly intervalMs: number
}

/** Reads a source now, and again and again; only what differs is told. @throws what the first reading throws */
export async function poll(
  read: (signal: AbortSignal) => Promise<string>,
  { log, onText, intervalMs }: PollOptions,
): Promise<OpenSource> {
  // One for each reading: what listens to a signal must not gather for as long as the gateway lives.
  let reading = new AbortController()
  const text = await read(reading.signal)
  let last = text
  /** Why there was no answer last time: told once, not each time. */
  let trouble: string | undefined
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  const take = (next: string) => {
    if (trouble !== undefined) log.info('the source of the supergraph answers again')
    trouble = undefined
    if (next !== last) onText(next)
    last = next
  }
  const miss = (error: unknown) => {
    const reason = String(error)
    if (reason !== trouble) log.warn({ err: error }, 'there is no new supergraph; the last good one serves')
    trouble = reason
  }
  const look = async () => {
    reading = new AbortController()
    try {
      const next = await read(reading.signal)
      if (!isClosed) take(next)
    } catch (error) {
      if (!isClosed) miss(error)
    }
    if (!isClosed) wait()
  }
  const wait = () => {
    // Spread, so that many gateways do not ask at once.
    timer = setTimeout(() => void look(), intervalMs * (0.9 + Math.random() * 0.2))
    timer.unref()
  }
  wait()
  return {
    text,
    close() {
      isClosed = true
      clearTimeout(timer)
      reading.abort()
    },
  }
}
