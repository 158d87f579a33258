import type { OpenSource, SourceListener } from './open-source.ts'

/** Reads a source now, and again and again; only what differs is told. @throws what the first reading throws */
export async function poll(
  read: () => Promise<string>,
  options: SourceListener & { readonly intervalMs: number; readonly what: string },
): Promise<OpenSource> {
  const { log, onText, intervalMs, what } = options
  const text = await read()
  let last = text
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    try {
      const next = await read()
      if (next !== last && !isClosed) onText(next)
      last = next
    } catch (error) {
      log.warn({ err: error }, `${what}; the last good one serves`)
    }
    wait()
  }
  const wait = () => {
    if (isClosed) return
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
    },
  }
}
