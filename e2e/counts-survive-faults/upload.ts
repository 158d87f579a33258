import { randomUUID } from 'node:crypto'
import { UPLOAD } from './answer-selections.ts'
import type { Journal, OwnDecision, UploadAnswer } from './journal.ts'
import type { Lane } from './scanner.ts'
import type { SeededRandom } from './seeded-random.ts'
import { untilAnswered } from './until-answered.ts'

/** What an upload answers. */
export interface BatchAnswer {
  readonly lastDeviceSeq: number
  readonly missingCount: number
  readonly results: readonly UploadAnswer[]
}

const PIECE = { least: 2, most: 10 }
/** Share of a piece's size that comes again from other pieces. */
const OVERLAP = 0.5

/** Uploads what a device decided, in pieces that are out of order and overlap, until each attempt has its final answer. */
export async function uploadAll(
  lane: Lane,
  decisions: readonly OwnDecision[],
  journal: Journal,
): Promise<void> {
  const { scanner, random } = lane
  const sentAt = Date.now()
  const waiting = new Map(decisions.map((decision) => [decision.scanId, decision]))
  while (waiting.size > 0) {
    for (const scans of piecesOf([...waiting.values()], decisions, random)) {
      const { results } = await uploadOnce(lane, scans, journal)
      for (const answer of results) {
        const attempt = waiting.get(answer.scanId)
        if (!attempt || answer.status === 'RETRY') continue
        waiting.delete(answer.scanId)
        journal.uploads.push({ by: scanner, attempt, answer, sentAt, toldAt: Date.now() })
        if (answer.status === 'INVALID' || answer.status === 'QUARANTINED')
          journal.oddities.push(`an upload was answered ${JSON.stringify(answer)}`)
      }
    }
  }
}

/** Uploads some attempts, the same again until there is an answer. */
export async function uploadOnce(
  { scanner, clockMs }: Pick<Lane, 'scanner' | 'clockMs'>,
  scans: readonly OwnDecision[],
  journal: Journal,
): Promise<BatchAnswer> {
  const input = { batchId: randomUUID(), sentAt: new Date(Date.now() + clockMs).toISOString(), scans }
  const question = { field: 'uploadScanBatch', input, document: UPLOAD }
  const answer = await untilAnswered<BatchAnswer>(scanner, question, { journal })
  if (!answer) throw new Error('An upload was given up.')
  return answer
}

function piecesOf(
  waiting: readonly OwnDecision[],
  all: readonly OwnDecision[],
  random: SeededRandom,
): OwnDecision[][] {
  const pieces: OwnDecision[][] = []
  const left = random.shuffled(waiting)
  while (left.length > 0) {
    const piece = left.splice(0, random.between(PIECE.least, PIECE.most))
    const again = random.shuffled(all).slice(0, Math.floor(piece.length * OVERLAP))
    pieces.push(random.shuffled([...new Set([...piece, ...again])]))
  }
  return pieces
}
