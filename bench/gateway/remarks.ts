import type { Run } from './measure.ts'

const RESPONDER_LIMIT = 0.6
const FULL = 0.95

const named = ({ query, started: { candidate } }: Run) => `${query} ${candidate.title}`
const list = (runs: readonly Run[]) => [...new Set(runs.map(named))].join('; ')

/** What a reader must know of the runs: where something else than the candidate may have set the pace. */
export function remarks(runs: readonly Run[], isPinned: boolean): string {
  const sentences: string[] = []
  const most = Math.max(...runs.map(({ responderBusy }) => responderBusy))
  sentences.push(`The responder used at most ${Math.round(most * 100)} % of its core.`)
  const heavy = runs.filter(({ responderBusy }) => responderBusy > RESPONDER_LIMIT)
  if (heavy.length > 0) sentences.push(`**It used more than 60 % on: ${list(heavy)}.**`)
  const held = isPinned ? runs.filter(({ busy }) => busy < FULL) : []
  if (held.length > 0) {
    sentences.push(`**Not busy for 95 % of its core, so held up by load or responder: ${list(held)}.**`)
  }
  const missed = runs.filter(({ misses }) => misses > 0)
  if (missed.length > 0) {
    sentences.push(`**Asked the subgraphs what they had never been asked before: ${list(missed)}.**`)
  }
  return sentences.join(' ')
}
