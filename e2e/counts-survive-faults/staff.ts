import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ONLINE } from './answer-selections.ts'
import type { Attempt, Done, OnlineAnswer } from './journal.ts'
import type { LaneParts } from './scanner.ts'
import type { SeededRandom } from './seeded-random.ts'
import { untilAnswered } from './until-answered.ts'

const PAUSE_MS = { least: 250, most: 700 }
const SHARES = { override: 0.5, undo: 0.35, reset: 0.12 }
const RECENT = 200

/** A supervisor lets people in against the rules, takes admissions back, and empties the lounge now and then. */
export async function superviseGates(parts: LaneParts, random: SeededRandom): Promise<void> {
  const acts = [
    { share: SHARES.override, act: override },
    { share: SHARES.undo, act: undo },
    { share: SHARES.reset, act: resetOne },
    { share: 1, act: resetLounge },
  ]
  while (!parts.isOver()) {
    const { act } = acts.find(({ share }) => random.chance(share)) ?? { act: undo }
    await act(parts, random)
    await sleep(random.between(PAUSE_MS.least, PAUSE_MS.most))
  }
}

async function override(parts: LaneParts, random: SeededRandom): Promise<void> {
  const { journal, ground } = parts
  const refused = journal.online.slice(-RECENT).filter(({ answer }) => answer.overridable)
  const told = random.pick(refused)
  if (!told) return
  const { code, gateId, direction } = told.attempt
  const attempt: Attempt = {
    ...{ scanId: randomUUID(), code, gateId, direction, scannedAt: new Date().toISOString() },
    override: { reason: 'let in by hand' },
  }
  journal.issued.add(attempt.scanId)
  const sentAt = Date.now()
  const question = { field: 'recordScan', input: attempt, selection: ONLINE }
  const answer = await untilAnswered<OnlineAnswer>(ground.supervisor, question, { journal })
  if (!answer) return
  journal.online.push({ by: ground.supervisor, attempt, answer, sentAt, toldAt: Date.now() })
  if (!answer.scan) journal.oddities.push(`an override was answered ${JSON.stringify(answer)}`)
}

async function undo(parts: LaneParts, random: SeededRandom): Promise<void> {
  const admitted = parts.journal.online
    .slice(-RECENT)
    .filter(({ answer }) => answer.__typename === 'ScanAdmitted')
  const told = random.pick(admitted)
  if (!told) return
  const input = { scanId: told.attempt.scanId, reason: 'a mistake', idempotencyKey: randomUUID() }
  // Undone twice is a Conflict.
  await keep(parts, {
    field: 'undoScan',
    input,
    expected: ['Scan', 'Conflict'],
    selection: '... on Scan { id ledgerSeq }',
  })
}

const RESET = '... on PresenceReset { ledgerSeq bodies at reason }'

async function resetOne(parts: LaneParts, random: SeededRandom): Promise<void> {
  const ticket =
    parts.ground.tickets.length > 0 ? random.pick(parts.ground.tickets.slice(0, RECENT)) : undefined
  const input = { credentialId: ticket?.ticketId, reason: 'left unseen', idempotencyKey: randomUUID() }
  await keep(parts, { field: 'resetPresence', input, expected: ['PresenceReset'], selection: RESET })
}

async function resetLounge(parts: LaneParts): Promise<void> {
  const input = { zoneId: parts.ground.zones.lounge, reason: 'cleaning', idempotencyKey: randomUUID() }
  await keep(parts, { field: 'resetPresence', input, expected: ['PresenceReset'], selection: RESET })
}

interface Act {
  readonly field: string
  readonly input: object
  readonly expected: readonly string[]
  readonly selection: string
}

async function keep({ ground, journal }: LaneParts, { expected, ...question }: Act): Promise<void> {
  const answer = await untilAnswered<Done['answer']>(ground.supervisor, question, { journal })
  if (!answer) return
  journal.done.push({ by: ground.supervisor, ...question, answer })
  if (!expected.includes(answer.__typename))
    journal.oddities.push(`${question.field} was answered ${JSON.stringify(answer)}`)
}
