import type { Attempt } from './attempt.ts'

/** Which facts are wanted; ids and hashes of one tenant. */
export interface FactsWanted {
  readonly codeHashes: readonly string[]
  /** Credentials that are known by their ids. */
  readonly ticketIds: readonly string[]
  readonly scanIds: readonly string[]
  readonly numbers: readonly { readonly deviceId: string; readonly deviceSeq: number }[]
  /** Tickets whose movements are wanted if they have moved after that time. */
  readonly late: readonly { readonly codeHash: string; readonly at: Date }[]
  /** Attempts that may be taken back: their credentials' movements are wanted. */
  readonly movedBy: readonly string[]
}

/** What a batch of attempts wants. */
export function wantedOf(attempts: readonly Attempt[]): FactsWanted {
  const offline = attempts.flatMap(({ offline: word, codeHash, scanId }) =>
    word ? [{ ...word, codeHash, scanId, at: word.effectiveAt }] : [],
  )
  return {
    codeHashes: attempts.map(({ codeHash }) => codeHash),
    ticketIds: attempts.flatMap(({ codeWord }) => (codeWord?.kind === 'signed' ? [codeWord.ticketId] : [])),
    scanIds: attempts.map(({ scanId }) => scanId),
    numbers: attempts.flatMap(({ actor, deviceSeq }) =>
      actor.kind === 'device' && deviceSeq !== null ? [{ deviceId: actor.id, deviceSeq }] : [],
    ),
    late: offline,
    movedBy: offline.filter(({ outcome }) => outcome === 'REJECTED').map(({ scanId }) => scanId),
  }
}
