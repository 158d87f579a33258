import { ExtensionRefused } from '../../extension-refused.ts'
import { unavailable } from '../unavailable.ts'
import type { OpenEvents, SubgraphEvents } from './subgraph-events.ts'

/** Gives a start up after `limitMs`, whether or not the subgraph heeds that; what comes too late is left at once. */
export function withStartDeadline(limitMs: number, open: OpenEvents): OpenEvents {
  return (fetch, signal) => {
    const either = AbortSignal.any([signal, AbortSignal.timeout(limitMs)])
    return new Promise<SubgraphEvents>((resolve, reject) => {
      const giveUp = () => reject(unavailable(either.reason))
      // A signal tells of its end once, and this one may have ended before it came here.
      if (either.aborted) return giveUp()
      either.addEventListener('abort', giveUp, { once: true })
      open(fetch, either).then(
        (events) => {
          either.removeEventListener('abort', giveUp)
          if (either.aborted) events.close()
          else resolve(events)
        },
        (cause: unknown) => reject(cause instanceof ExtensionRefused ? cause : unavailable(cause)),
      )
    })
  }
}
