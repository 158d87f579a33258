import type { Logger } from 'pino'
import type { Generations } from '../../supergraph/generations.ts'
import { warmDocuments } from '../../supergraph/warm-up.ts'
import type { FollowedDocuments } from './follow-documents.ts'

/** Ids that a line of the log has. */
const toldIds = 20

/** Makes trusted documents ready in the background: at the start, when there are others, and when the supergraph is another. */
export function warmTrusted(
  documents: FollowedDocuments,
  generations: Generations,
  log: Logger,
): { close(): void } {
  let turn = 0
  const warm = async () => {
    turn += 1
    const own = turn
    const unfit = await warmDocuments(generations.current(), documents.current().all(), () => own !== turn)
    if (own !== turn || unfit.length === 0) return
    const ids = unfit.slice(0, toldIds)
    log.warn({ count: unfit.length, ids }, 'trusted documents do not fit the schema; who asks is told why')
  }
  documents.onChange(() => void warm())
  const forget = generations.onSwap(() => void warm())
  void warm()
  return {
    close() {
      turn += 1
      forget()
    },
  }
}
