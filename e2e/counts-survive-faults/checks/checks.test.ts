import { expect, test } from 'vitest'
import type { Ground } from '../ground.ts'
import { newJournal, type Watched } from '../journal.ts'
import {
  checkAcknowledged,
  checkAnswers,
  checkDeaths,
  checkNothingElse,
  checkTenants,
} from './acknowledged.ts'
import { differences } from './finding.ts'
import type { LedgerRow } from './read-ledger.ts'
import { checkWatchers } from './readers.ts'
import { checkAudit, checkReasons, checkSilence, checkSingle } from './rows.ts'
import { walkLedger } from './walk-ledger.ts'

// A run that holds says little unless the checks are known to find what they look for.

const AT = Date.parse('2026-11-29T18:00:00Z')
const HALL = 'hall'

const ground = {
  hard: new Map([[HALL, 1]]),
  chains: new Map([[HALL, [HALL]]]),
  ways: [{ gateId: 'gate', from: null, to: HALL }],
  types: new Map([['SINGLE', 'single']]),
  tenant: { organizationId: 'org' },
} as unknown as Ground

/** An online entry from outside into the hall, unless `more` says otherwise. */
function row(ledgerSeq: number, more: Partial<LedgerRow> = {}): LedgerRow {
  const at = new Date(AT + ledgerSeq * 1000)
  return {
    ...{
      ledgerSeq,
      kind: 'SCAN',
      organizationId: 'org',
      recordedAt: at,
      actorKind: 'device',
      actorId: 'dev',
    },
    ...{ detail: null, gateId: 'gate', scanId: `scan-${ledgerSeq}`, deviceId: 'dev', deviceSeq: ledgerSeq },
    ...{
      direction: 'ENTRY',
      outcome: 'ADMITTED',
      reason: null,
      credentialId: 'ticket',
      ticketTypeId: 'single',
    },
    ...{ fromPlace: null, toPlace: HALL, unmatched: false, offline: false, effectiveAt: at, degraded: false },
    ...{ overrideReason: null, ofSeq: null, bodies: null },
    ...more,
  }
}

const exit = { direction: 'EXIT', fromPlace: HALL, toPlace: null } as const
const refused = { outcome: 'REJECTED', reason: 'ALREADY_INSIDE' } as const

test('counts follow the rows: in, refused, out, undone, reset', () => {
  const rows = [
    row(1),
    row(2, refused),
    row(3, exit),
    row(4, { kind: 'UNDO', outcome: 'REJECTED', ofSeq: 3, ...exit, fromPlace: null, toPlace: HALL }),
    row(5, { kind: 'RESET', direction: null, outcome: null, bodies: 1, detail: { places: { [HALL]: 1 } } }),
  ]
  const walk = walkLedger(rows, ground)
  expect(walk.pictures.map(({ inside, admitted }) => [inside, admitted])).toEqual([
    [1, 1],
    [1, 1],
    [0, 1],
    [1, 1],
    [0, 1],
  ])
  expect([walk.faults, walk.crowding]).toEqual([[], []])
  expect(walk.gates.get('gate')).toEqual({ entries: 1, exits: 0, rejected: 1 })
})

test('a missing number, a count below zero, an overfilled zone and a wrong ZONE_FULL are found', () => {
  expect(walkLedger([row(1), row(3)], ground).faults).toContain('number 2 is missing before 3')
  expect(walkLedger([row(1, exit)], ground).faults).toContain('hall holds -1 after 1')
  expect(walkLedger([row(1), row(2, { credentialId: 'other' })], ground).crowding).toHaveLength(1)
  expect(walkLedger([row(1, { ...refused, reason: 'ZONE_FULL' })], ground).crowding).toHaveLength(1)
})

test('a second online entry of a SINGLE ticket is found, but for an override, an undo and an upload', () => {
  const second = (more: Partial<LedgerRow>) =>
    checkSingle([row(1), row(2, { kind: 'UNDO', ofSeq: 0 }), row(3, more)], ground)
  expect(second({}).broken).toHaveLength(1)
  expect(second({ overrideReason: 'by hand' }).broken).toEqual([])
  expect(second({ offline: true }).broken).toEqual([])
  const undone = [row(1), row(2, { kind: 'UNDO', outcome: 'REJECTED', ofSeq: 1 }), row(3)]
  expect(checkSingle(undone, ground).broken).toEqual([])
})

test('a refusal without a reason and an admission with one are found', () => {
  expect(checkReasons([row(1, { ...refused, reason: null })]).broken).toHaveLength(1)
  expect(checkReasons([row(1, { reason: 'BLOCKED' })]).broken).toHaveLength(1)
})

function journalOf(rows: readonly LedgerRow[]) {
  const journal = newJournal()
  for (const { ledgerSeq, scanId, kind, outcome } of rows) {
    const told = { id: '', scanId: scanId ?? '', ledgerSeq, kind, outcome: outcome ?? '', effectiveAt: '' }
    const attempt = {
      scanId: told.scanId,
      code: '',
      gateId: 'gate',
      direction: 'ENTRY',
      scannedAt: '',
    } as const
    journal.issued.add(told.scanId)
    journal.online.push({
      ...{ by: undefined as never, attempt, sentAt: AT, toldAt: AT },
      answer: { __typename: outcome === 'ADMITTED' ? 'ScanAdmitted' : 'ScanRejected', scan: told },
    })
  }
  return journal
}

test('an acknowledged attempt that is not there, or is there otherwise, is found', () => {
  const rows = [row(1), row(2, refused)]
  const journal = journalOf(rows)
  expect(checkAcknowledged({ journal, rows }).broken).toEqual([])
  expect(checkAcknowledged({ journal, rows: rows.slice(0, 1) }).broken).toHaveLength(1)
  expect(checkAcknowledged({ journal, rows: [row(1), row(2)] }).broken).toHaveLength(1)
})

test('a row that nobody sent, two rows of one attempt and an attempt without an answer are found', () => {
  const rows = [row(1)]
  const broken = (more: LedgerRow[], journal = journalOf(rows)) =>
    checkNothingElse({ journal, rows: [...rows, ...more] }, []).broken
  expect(broken([])).toEqual([])
  expect(broken([row(2)])).toContain('scan-2 is in the ledger and was never sent')
  expect(broken([row(2, { scanId: 'scan-1' })])).toContain('an attempt has two rows')
  const journal = journalOf(rows)
  journal.issued.add('scan-9')
  expect(broken([], journal)).toEqual(['scan-9 has no final answer'])
})

test('a dead ticket that is let in later than 5 s is found, and later than 5 s after a fault on the way', () => {
  const journal = newJournal()
  journal.deaths.push({ ticketId: 'ticket', code: '', how: 'REVOKED', at: AT })
  const broken = (seq: number, outages: { from: number; to: number }[] = []) =>
    checkDeaths({ journal, rows: [row(seq)] }, outages).broken
  expect([broken(4), broken(6).length]).toEqual([[], 1])
  const outage = { from: AT + 1000, to: AT + 3000 }
  expect([broken(7, [outage]), broken(9, [outage]).length]).toEqual([[], 1])
})

test('a watcher who sees a number fall, an untrue picture, or not the present is found', () => {
  const walk = walkLedger([row(1), row(2, exit)], ground)
  const picture = (seq: number, inside: number) => ({
    ...{ seq, inside, admitted: 1, reset: false, zones: [{ zone: { id: HALL }, inside }] },
  })
  const broken = (...pictures: Watched['pictures']) =>
    checkWatchers([{ pictures, connections: 1 }], walk).broken
  expect(broken(picture(1, 1), picture(2, 0), picture(2, 0))).toEqual([])
  expect(broken(picture(2, 0), picture(1, 1), picture(2, 0))).toEqual(['watcher 1 saw 1 after 2'])
  expect(broken(picture(1, 0), picture(2, 0))).toHaveLength(2)
  expect(broken(picture(1, 1))).toEqual(['watcher 1 saw 1 last, the ledger ends with 2'])
})

test('an admission in a silence that is not marked is found, and so is a silence in which nobody came in', () => {
  const { online } = journalOf([row(1)])
  expect([checkSilence(online).broken.length, checkSilence([]).broken.length]).toEqual([1, 1])
  const marked = online.map((told) => ({ ...told, answer: { ...told.answer, degraded: true } }))
  expect(checkSilence(marked).broken).toEqual([])
})

test('an act by hand without who or why is found, and so is a row that was changed', () => {
  const prefix = { upTo: 1, hash: 'a', attempts: 1 }
  const broken = (more: Partial<LedgerRow>, hash = 'a') =>
    checkAudit({ rows: [row(1, more)], prefixes: [{ before: prefix, after: { ...prefix, hash } }] }).broken
  const byUser = { actorKind: 'user', actorId: 'usr', overrideReason: 'let in by hand' }
  expect(broken(byUser)).toEqual([])
  expect(broken(byUser, 'b')).toHaveLength(1)
  expect(broken({ ...byUser, actorKind: 'device' })).toHaveLength(1)
  expect(broken({ ...byUser, kind: 'UNDO' })).toHaveLength(1)
  expect(broken({ ...byUser, kind: 'UNDO', detail: { note: 'a mistake' } })).toEqual([])
})

test('a row of another tenant, a word to strangers, and strangers who were never let in are found', () => {
  const quiet = { answers: 1, admitted: 1, leaks: [] }
  expect(checkTenants([row(1)], ground, quiet).broken).toEqual([])
  expect(checkTenants([row(1, { organizationId: 'other' })], ground, quiet).broken).toHaveLength(1)
  expect(checkTenants([row(1)], ground, { ...quiet, leaks: ['a name'] }).broken).toHaveLength(1)
  expect(checkTenants([row(1)], ground, { ...quiet, admitted: 0 }).broken).toHaveLength(1)
})

test('an answer that must not be and a retry that was not answered as one are found', () => {
  const journal = newJournal()
  expect(checkAnswers(journal).broken).toEqual([])
  expect(checkAnswers({ ...journal, oddities: ['odd'] }).broken).toEqual(['odd'])
  expect(checkAnswers({ ...journal, retries: { sent: 2, replayed: 1 } }).broken).toHaveLength(1)
})

test('counts differ where one is another or is missing; none is the same as zero', () => {
  const found = new Map(Object.entries({ same: 1, other: 2, more: 3, none: 0 }))
  const expected = new Map(Object.entries({ same: 1, other: 1, less: 4 }))
  expect(differences('query', found, expected)).toEqual([
    'query: other is 2, by the ledger 1',
    'query: more is 3, by the ledger 0',
    'query: less is 0, by the ledger 4',
  ])
})
