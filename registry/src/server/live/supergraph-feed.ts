import type { Live } from './live.ts'
import type { LiveState } from './live-state.ts'

/** The live supergraph for a gateway in the same process. */
export interface SupergraphFeed {
  /** The one of now; where none is there yet, the first that comes. */
  first(): Promise<string>
  /** Calls with every supergraph that differs from the one before, `first()`'s too, until the answered function is called. */
  watch(onText: (text: string) => void): () => void
  /** Ends all watching; who still waits for the first gets an error. */
  close(): void
}

/** Opens the feed of the graph, or of a contract. */
export function openSupergraphFeed(live: Live, contract?: string): SupergraphFeed {
  const read = (state: LiveState | undefined) =>
    (contract === undefined ? state : state?.contracts.get(contract))?.supergraph?.text
  const closing = new AbortController()
  const endings = new Set<() => void>()
  let last: string | undefined
  return {
    async first() {
      for (;;) {
        const { state } = live
        const text = read(state)
        if (text !== undefined) {
          last = text
          return text
        }
        if (closing.signal.aborted || live.isStopping)
          throw new Error('The registry stopped before it had a supergraph')
        await live.changed(state, { ms: 60_000, signal: closing.signal })
      }
    },
    watch(onText) {
      const tell = (state: LiveState | undefined) => {
        const text = read(state)
        if (text === undefined || text === last) return
        last = text
        onText(text)
      }
      const end = live.onChange(tell)
      // What came between `first()` and now.
      tell(live.state)
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
