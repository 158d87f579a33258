import type { Live } from './live.ts'
import type { LiveState } from './live-state.ts'

/** Something that the registry serves, for who is in its process: what there is, and each next one. */
export interface Feed<T> {
  /** The one of now; where none is there yet, the first that comes. Rejects when the registry stops before. */
  first(): Promise<T>
  /** Calls with each that differs from the one before, `first()`'s too, until the answered function is called. */
  watch(listener: (next: T) => void): () => void
  /** Ends all watching; who still waits for the first gets an error. */
  close(): void
}

/** What is read of the live state: with a mark that is another when it is another; undefined = it is not there yet. */
export interface Reading<T> {
  readonly mark: unknown
  read(): T | Promise<T>
}

interface FeedOptions<T> {
  readonly live: Live
  readonly find: (state: LiveState) => Reading<T> | undefined
  /** Told of what could not be read; the next change is read again. */
  readonly onError: (error: unknown) => void
}

const longWaitMs = 60_000

/** Opens a feed of what is found in the live state. */
export function openFeed<T>({ live, find, onError }: FeedOptions<T>): Feed<T> {
  const closing = new AbortController()
  const endings = new Set<() => void>()
  let last: unknown
  const now = () => (live.state ? find(live.state) : undefined)
  return {
    async first() {
      for (;;) {
        const { state } = live
        const found = now()
        if (found) {
          last = found.mark
          return await found.read()
        }
        if (closing.signal.aborted || live.isStopping)
          throw new Error('The registry stopped before it had any')
        await live.changed(state, { ms: longWaitMs, signal: closing.signal })
      }
    },
    watch(listener) {
      let reading = Promise.resolve()
      const look = async () => {
        const found = now()
        if (!found || found.mark === last) return
        last = found.mark
        listener(await found.read())
      }
      // One after the other: what is read later is newer.
      const tell = () => {
        reading = reading.then(look).catch((error: unknown) => {
          last = undefined
          onError(error)
        })
      }
      const end = live.onChange(tell)
      // What came between `first()` and now.
      tell()
      endings.add(end)
      return () => {
        endings.delete(end)
        end()
      }
    },
    close() {
      closing.abort()
      for (const end of endings) end()
    },
  }
}
