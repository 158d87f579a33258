import type { Sql } from '../../setup/ledger.ts'
import type { Ground } from '../ground.ts'
import type { Journal, ToldScan } from '../journal.ts'
import { type Finding, finding } from './finding.ts'
import type { LedgerRow, Prefix } from './read-ledger.ts'

/** What the clients know, and what the ledger holds. */
export interface Ledgers {
  readonly journal: Journal
  readonly rows: readonly LedgerRow[]
}

/** I8: what was acknowledged is there as it was told. */
export function checkAcknowledged({ journal, rows }: Ledgers): Finding {
  const told = [...journal.online, ...journal.uploads].flatMap(({ answer }) => answer.scan ?? [])
  const isThere = ({ ledgerSeq, scanId, kind, outcome }: ToldScan) => {
    const row = rows[ledgerSeq - 1]
    return row?.scanId === scanId && row.kind === kind && row.outcome === outcome
  }
  return finding({
    rule: 'I8',
    promise: 'every acknowledged attempt is in the ledger as it was answered',
    numbers: `${told.length} answers that name a row`,
    broken: told.filter((one) => !isThere(one)).map((one) => `${JSON.stringify(one)} is not there`),
  })
}

/** Nothing is recorded that was not sent, nothing twice, and in the end all that was sent is acknowledged. */
export function checkNothingElse({ journal, rows }: Ledgers, midway: readonly Midway[]): Finding {
  const ids = rows.filter(({ kind }) => kind === 'SCAN').map(({ scanId }) => scanId ?? '')
  const known = new Set([...journal.online, ...journal.uploads].map(({ attempt }) => attempt.scanId))
  const strange = ids.filter((id) => !journal.issued.has(id))
  const unanswered = [...journal.issued].filter((id) => !known.has(id))
  const beside = midway.filter(
    ({ acknowledged, prefix, issued }) => acknowledged > prefix.attempts || prefix.attempts > issued,
  )
  return finding({
    rule: 'rows',
    promise: 'acknowledged ≤ rows ≤ sent while the load runs, and all three are equal after it',
    numbers: `${journal.issued.size} sent, ${known.size} acknowledged, ${ids.length} rows; midway ${midway.map(({ acknowledged, prefix, issued }) => `${acknowledged} ≤ ${prefix.attempts} ≤ ${issued}`).join(', ')}`,
    broken: [
      ...(new Set(ids).size === ids.length ? [] : ['an attempt has two rows']),
      ...strange.map((id) => `${id} is in the ledger and was never sent`),
      ...unanswered.map((id) => `${id} has no final answer`),
      ...(ids.length === known.size ? [] : [`${ids.length} rows of ${known.size} acknowledged attempts`]),
      ...beside.map((one) => `midway: ${JSON.stringify(one)}`),
    ],
  })
}

/** How far clients and ledger were at one moment of the run. */
export interface Midway {
  /** Before the ledger was read. */
  readonly acknowledged: number
  readonly prefix: Prefix
  /** After it was read. */
  readonly issued: number
}

/** I7: the numbers of each device have no gap and no repeat. */
export async function checkNumbers({ journal, rows }: Ledgers, sql: Sql): Promise<Finding> {
  const kept = await sql.query<{ id: string; seqs: string; lastSeq: number }>(
    'SELECT id, seqs::text, last_seq AS "lastSeq" FROM devices WHERE id = ANY ($1)',
    [[...journal.lastSeqs.keys()]],
  )
  const byDevice = Map.groupBy(
    rows.filter(({ kind }) => kind === 'SCAN'),
    ({ deviceId }) => deviceId,
  )
  const broken = [...journal.lastSeqs].flatMap(([deviceId, last]) => {
    const { seqs, lastSeq } = kept.find(({ id }) => id === deviceId) ?? {}
    const expected = `{[1,${last + 1})}`
    const numbers = (byDevice.get(deviceId) ?? [])
      .map(({ deviceSeq }) => deviceSeq ?? 0)
      .toSorted((a, b) => a - b)
    const isGapless = numbers.length === last && numbers.every((number, index) => number === index + 1)
    return [
      ...(seqs === expected && lastSeq === last ? [] : [`${deviceId} sent 1 to ${last}, kept is ${seqs}`]),
      ...(isGapless ? [] : [`${deviceId} sent 1 to ${last}, the ledger has ${numbers.length} numbers`]),
    ]
  })
  return finding({
    rule: 'I7',
    promise: 'each device has its numbers 1 to n in the ledger, each once',
    numbers: `${journal.lastSeqs.size} devices, ${[...journal.lastSeqs.values()].reduce((a, b) => a + b, 0)} numbers`,
    broken,
  })
}

/** A span in which the way from participants to gates was broken; milliseconds since 1970. */
export interface Outage {
  readonly from: number
  readonly to: number
}

const HOLDS_AFTER_MS = 5000

/**
 * I9: a dead ticket lets nobody in from 5 s after its death was acknowledged. Where the way from participants to gates was
 * broken meanwhile, from 5 s after it was mended.
 */
export function checkDeaths({ journal, rows }: Ledgers, outages: readonly Outage[]): Finding {
  const broken: string[] = []
  let undisturbed = 0
  let latestMs = 0
  const entries = Map.groupBy(
    rows.filter((row) => row.kind === 'SCAN' && !row.offline && row.direction === 'ENTRY'),
    ({ credentialId }) => credentialId,
  )
  for (const { ticketId, how, at } of journal.deaths) {
    const deadline = deadlineOf(at, outages)
    if (deadline === at + HOLDS_AFTER_MS) undisturbed++
    for (const { outcome, ledgerSeq, recordedAt } of entries.get(ticketId) ?? []) {
      if (outcome !== 'ADMITTED') continue
      const afterMs = recordedAt.getTime() - at
      latestMs = Math.max(latestMs, afterMs)
      if (recordedAt.getTime() > deadline)
        broken.push(`${ticketId} was ${how} and let in by ${ledgerSeq}, ${afterMs} ms later`)
    }
  }
  return finding({
    rule: 'I9',
    promise: 'a revoked or transferred ticket is let in online nowhere after 5 s',
    numbers: `${journal.deaths.length} tickets, ${undisturbed} of them with no fault on the way, the latest entry ${latestMs} ms after`,
    broken,
  })
}

function deadlineOf(at: number, outages: readonly Outage[]): number {
  let deadline = at + HOLDS_AFTER_MS
  for (const { from, to } of outages.toSorted((a, b) => a.from - b.from))
    if (from < deadline && to > at) deadline = Math.max(deadline, to + HOLDS_AFTER_MS)
  return deadline
}

/** Answers that no client may ever get. */
export function checkAnswers({ oddities, retries, passing }: Journal): Finding {
  const unreplayed = retries.sent - retries.replayed
  return finding({
    rule: 'answers',
    promise: 'a retry gets the first answer again, and nobody gets an answer that must not be',
    numbers: `${retries.sent} retries after an answer; not final: ${[...passing].map(([what, count]) => `${what} ${count}`).join(', ')}`,
    broken: [
      ...oddities,
      ...(unreplayed === 0 ? [] : [`${unreplayed} retries were not answered as replayed`]),
    ],
  })
}

/** I11, in the ledger: no row of one tenant at another's event. */
export function checkTenants(rows: readonly LedgerRow[], { tenant }: Ground, strangers: Strange): Finding {
  const foreign = rows.filter(({ organizationId }) => organizationId !== tenant.organizationId)
  const none = strangers.admitted === 0 ? ['the strangers were never let in at their own gate'] : []
  return finding({
    rule: 'I11',
    promise: 'nothing of one tenant reaches another',
    numbers: `${strangers.answers} answers to strangers, ${strangers.admitted} admissions of their own`,
    broken: [
      ...none,
      ...strangers.leaks.map((text) => `a stranger was told ${text.slice(0, 300)}`),
      ...foreign.map(({ ledgerSeq }) => `row ${ledgerSeq} belongs to another tenant`),
    ],
  })
}

interface Strange {
  readonly answers: number
  readonly admitted: number
  readonly leaks: readonly string[]
}
