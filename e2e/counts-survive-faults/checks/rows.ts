import type { Ground } from '../ground.ts'
import type { Journal } from '../journal.ts'
import { type Finding, finding } from './finding.ts'
import { attemptOf, isPassage, isTaking, type LedgerRow, type Prefix } from './read-ledger.ts'
import type { Walk } from './walk-ledger.ts'

/** I1: a SINGLE ticket enters once. */
export function checkSingle(rows: readonly LedgerRow[], ground: Ground): Finding {
  const single = ground.types.get('SINGLE')
  const outer = new Set(ground.ways.filter(({ from }) => from === null).map(({ gateId }) => gateId))
  const entered = new Map<string, Set<number>>()
  const broken: string[] = []
  let looked = 0
  for (const row of rows) {
    if (row.credentialId === null || row.ticketTypeId !== single || !outer.has(row.gateId ?? '')) continue
    const before = entered.get(row.credentialId) ?? new Set()
    entered.set(row.credentialId, before)
    if (isTaking(row)) before.delete(attemptOf(row))
    if (!isPassage(row) || row.direction !== 'ENTRY') continue
    const isOnline = row.kind === 'SCAN' && !row.offline && row.overrideReason === null
    if (isOnline) looked++
    if (isOnline && before.size > 0)
      broken.push(`${row.credentialId} entered by ${row.ledgerSeq} after ${[...before].join(', ')}`)
    before.add(attemptOf(row))
  }
  return finding({
    rule: 'I1',
    promise: 'a SINGLE ticket is let in online once',
    numbers: `${looked} online entries of SINGLE tickets`,
    broken,
  })
}

/** I2: counts are what the movements make of them, at every number, and never below zero. */
export function checkWalk(walk: Walk): Finding {
  return finding({
    rule: 'I2',
    promise: 'numbers have no gap and no count is ever below zero',
    numbers: `${walk.pictures.length} numbers`,
    broken: walk.faults,
  })
}

/** I4: a HARD zone is never overfilled online, and full is said of a full one. */
export function checkCapacity(walk: Walk): Finding {
  return finding({
    rule: 'I4',
    promise: 'no online scan overfills a HARD zone, and ZONE_FULL is said only when one is full',
    numbers: `${walk.hardEntries} entries into HARD zones, ${walk.zoneFull} refused as ZONE_FULL`,
    broken: walk.crowding,
  })
}

/** I12: one reason a refusal, none otherwise. That refusals move nothing is part of I3. */
export function checkReasons(rows: readonly LedgerRow[]): Finding {
  const scans = rows.filter(({ kind }) => kind === 'SCAN')
  const refused = scans.filter(({ outcome }) => outcome === 'REJECTED')
  const reasons = Object.entries(Object.groupBy(refused, ({ reason }) => reason ?? 'none'))
  const odd = scans.filter(({ outcome, reason }) => (outcome === 'REJECTED') !== (reason !== null))
  return finding({
    rule: 'I12',
    promise: 'a refusal has one reason, an admission none',
    numbers: reasons.map(([reason, list]) => `${reason} ${list?.length}`).join(', '),
    broken: odd.map(({ ledgerSeq, outcome, reason }) => `${ledgerSeq} is ${outcome} with reason ${reason}`),
  })
}

interface Audit {
  readonly rows: readonly LedgerRow[]
  /** Prefixes that were hashed while the run went on, and their hashes now. */
  readonly prefixes: readonly { readonly before: Prefix; readonly after: Prefix }[]
}

/** I13: who did what by hand, why and when; and no row was ever changed. */
export function checkAudit({ rows, prefixes }: Audit): Finding {
  const byHand = rows.filter(
    ({ kind, overrideReason }) => overrideReason !== null || /^(UNDO|RESET)$/.test(kind),
  )
  const isNamed = (row: LedgerRow) =>
    row.actorKind === 'user' &&
    row.actorId !== '' &&
    Boolean(row.kind === 'UNDO' ? row.detail?.note : (row.overrideReason ?? row.detail?.reason))
  const nameless = byHand.filter((row) => !isNamed(row))
  const changed = prefixes.filter(({ before, after }) => before.hash !== after.hash)
  const of = (kind: string) => byHand.filter((row) => row.kind === kind).length
  return finding({
    rule: 'I13',
    promise: 'what was done by hand names who, why and when, and no row is ever changed',
    numbers: `${of('SCAN')} overrides, ${of('UNDO')} undone, ${of('RESET')} resets, prefixes ${prefixes.map(({ before }) => before.upTo).join(', ')}`,
    broken: [
      ...nameless.map(({ ledgerSeq, kind }) => `${kind} ${ledgerSeq} does not say who or why`),
      ...changed.map(({ before }) => `the rows up to ${before.upTo} are not what they were`),
    ],
  })
}

/** I14: scans go on while the other services are silent, and say so. */
export function checkSilence(answered: Journal['online']): Finding {
  const admitted = answered.filter(({ answer }) => answer.__typename === 'ScanAdmitted')
  const unmarked = admitted.filter(({ answer }) => !answer.degraded)
  const few = admitted.length === 0 ? ['nobody was let in while the others were silent'] : []
  return finding({
    rule: 'I14',
    promise:
      'scans are answered while participants, events and analytics are silent, and are marked degraded',
    numbers: `${answered.length} answered, ${admitted.length} admitted`,
    broken: [...few, ...unmarked.map(({ attempt }) => `${attempt.scanId} was admitted and not marked`)],
  })
}
