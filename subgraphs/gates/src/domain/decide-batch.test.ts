import type { EntryPolicy } from '@headcount/scan-rules'
import { expect, test } from 'vitest'
import { attempt, decide, goodWorld, hall, lounge, noon } from '../../test/scan-facts.ts'
import type { Attempt } from './attempt.ts'
import type { ScanFacts } from './scan-state.ts'

/** A world where the ticket is outside. */
function outside(more: Partial<ScanFacts> = {}): ScanFacts {
  return { ...goodWorld().facts, presence: [], bodies: [], ...more }
}
function enter(scanId: string, more: Partial<Attempt> = {}): Attempt {
  return attempt({ scanId, gateId: 'gat_outer', ...more })
}
function outcomes(facts: ScanFacts, attempts: Attempt[]): string[] {
  return decide(facts, attempts).decisions.map((decision) =>
    decision.kind === 'recorded' ? (decision.scan.reason ?? 'ADMITTED') : decision.kind,
  )
}

test('an attempt sees what those before it in the batch changed', () => {
  expect(
    outcomes(outside(), [
      enter('1'),
      enter('2'),
      enter('3', { direction: 'EXIT' }),
      enter('4', { direction: 'EXIT' }),
      enter('5'),
    ]),
  ).toEqual(['ADMITTED', 'ALREADY_INSIDE', 'ADMITTED', 'NOT_INSIDE', 'ADMITTED'])
})

test('numbers follow the event’s last one without a gap, refusals included', () => {
  const { change } = decide(outside(), [enter('1'), enter('2'), enter('3')])
  expect(change.scans.map((scan) => scan.ledgerSeq)).toEqual([8, 9, 10])
})

test('a body is moved from place to place, and the event counts it where one side is outside', () => {
  const { change } = decide(outside(), [enter('1'), enter('2', { gateId: 'gat_inner' })])
  expect(Object.fromEntries(change.bodies)).toEqual({ [hall]: 0, [lounge]: 1 })
  expect([change.inside, change.admitted]).toEqual([1, 1])
  const out = decide(outside(), [
    enter('1'),
    enter('2', { gateId: 'gat_inner' }),
    enter('3', { direction: 'EXIT' }),
  ])
  // Out of the hall by the outer gate, although last seen in the lounge, which lies in the hall.
  expect(out.change.scans[2]).toMatchObject({
    outcome: 'ADMITTED',
    fromPlace: lounge,
    toPlace: null,
    unmatched: false,
  })
  expect([out.change.inside, out.change.admitted]).toEqual([0, 1])
})

test('an overridden entry out of a zone where the ticket is not moves no count, and is an admission', () => {
  const { change } = decide(outside(), [enter('1', { gateId: 'gat_inner', overrideReason: 'known' })])
  expect(change.scans[0]).toMatchObject({
    unmatched: true,
    isFirstAdmission: true,
    overridden: ['NOT_INSIDE'],
  })
  expect([change.inside, change.admitted, change.bodies.size]).toEqual([0, 1, 0])
})

test('an overridden second entry from outside is a second body; both leave again', () => {
  const twice = [enter('1'), enter('2', { overrideReason: 'child' })]
  expect(decide(outside(), twice).change).toMatchObject({ inside: 2, admitted: 1 })
  const leave = ['3', '4', '5'].map((scanId) => enter(scanId, { direction: 'EXIT' }))
  expect(outcomes(outside(), [...twice, ...leave]).slice(2)).toEqual(['ADMITTED', 'ADMITTED', 'NOT_INSIDE'])
})

test.each<[EntryPolicy, string, string, string]>([
  ['SINGLE', 'ALREADY_INSIDE', 'ALREADY_USED', 'ALREADY_USED'],
  ['AFTER_EXIT', 'ALREADY_INSIDE', 'ADMITTED', 'ALREADY_INSIDE'],
  ['UNLIMITED', 'ADMITTED', 'ADMITTED', 'ADMITTED'],
  ['ONCE_PER_DAY', 'ALREADY_INSIDE', 'ALREADY_USED', 'ADMITTED'],
])(
  '%s: again while inside %s, after an exit %s, the next day %s',
  (entryPolicy, again, afterExit, nextDay) => {
    const facts = outside()
    // In Berlin the day ends at 22:00 UTC.
    const late = new Date('2026-06-01T21:59:00Z')
    const midnight = new Date('2026-06-01T22:00:00Z')
    const types = facts.ticketTypes.map((type) => ({ ...type, entryPolicy }))
    const answers = outcomes({ ...facts, ticketTypes: types }, [
      enter('1', { receivedAt: late }),
      enter('2', { receivedAt: late }),
      enter('3', { receivedAt: late, direction: 'EXIT' }),
      enter('4', { receivedAt: late }),
      enter('5', { receivedAt: midnight }),
    ])
    expect([answers[1], answers[3], answers[4]]).toEqual([again, afterExit, nextDay])
  },
)

test('a zone’s policy goes before the ticket type’s, and counts entries into that zone', () => {
  const facts = outside()
  const zones = facts.zones.map((zone) =>
    zone.id === lounge ? { ...zone, entryPolicy: 'SINGLE' as const } : zone,
  )
  const inner = (scanId: string, direction: 'ENTRY' | 'EXIT') =>
    enter(scanId, { gateId: 'gat_inner', direction })
  expect(
    outcomes({ ...facts, zones }, [
      ...[enter('1'), inner('2', 'ENTRY'), inner('3', 'EXIT'), inner('4', 'ENTRY')],
      ...[enter('5', { direction: 'EXIT' }), enter('6')],
    ]),
  ).toEqual(['ADMITTED', 'ADMITTED', 'ADMITTED', 'ALREADY_USED', 'ADMITTED', 'ADMITTED'])
})

test('a SINGLE ticket passes from zone to zone, once each', () => {
  const facts = outside()
  const ticketTypes = facts.ticketTypes.map((type) => ({ ...type, entryPolicy: 'SINGLE' as const }))
  const inner = { gateId: 'gat_inner' }
  const answers = outcomes({ ...facts, ticketTypes }, [enter('1'), enter('2', inner), enter('3', inner)])
  expect(answers).toEqual(['ADMITTED', 'ADMITTED', 'ALREADY_INSIDE'])
})

test('capacity is exact within a batch, for the zone and for what it lies in', () => {
  const facts = outside()
  const zones = facts.zones.map((zone) => ({ ...zone, capacity: 2, enforcement: 'HARD' as const }))
  const tickets = Array.from({ length: 5 }, (_, n) => ({
    ...goodWorld().facts.tickets[0],
    ...{ id: `tkt_${n}`, codeHash: `hash-${n}` },
  })) as ScanFacts['tickets']
  const attempts = tickets.map(({ codeHash }, n) => enter(`${n}`, { codeHash }))
  expect(outcomes({ ...facts, zones, tickets }, attempts)).toEqual([
    ...['ADMITTED', 'ADMITTED', 'ZONE_FULL', 'ZONE_FULL', 'ZONE_FULL'],
  ])
})

test('the same scanId gives the first answer again; with another code, gate or direction it is a conflict', () => {
  const first = enter('1')
  const { decisions, change } = decide(outside(), [
    ...[first, first, { ...first, codeHash: 'other' }, { ...first, gateId: 'gat_inner' }],
    { ...first, direction: 'EXIT' },
  ])
  expect(decisions.map((decision) => decision.kind)).toEqual([
    ...['recorded', 'recorded', 'idempotencyConflict', 'idempotencyConflict', 'idempotencyConflict'],
  ])
  expect(decisions[1]).toMatchObject({ isReplayed: true, scan: { ledgerSeq: 8 } })
  expect(change.scans).toHaveLength(1)
})

test('what others may know is asked for before anything is decided, and only once', () => {
  const facts = { ...outside(), devices: [], event: undefined, ticketTypes: [] }
  const fresh = enter('1', { asked: new Set() })
  expect(decide(facts, [fresh])).toMatchObject({
    decisions: [{ kind: 'lacking', lacking: ['event', 'device', 'ticketType'] }],
    change: { scans: [] },
  })
  expect(outcomes(facts, [enter('1')])).toEqual(['DEVICE_NOT_ASSIGNED'])
})

test('nobody is sent away for a closed event before events was asked once more', () => {
  const facts = outside()
  const event = facts.event && { ...facts.event, status: 'PUBLISHED' as const }
  const fresh = enter('1', { asked: new Set() })
  expect(decide({ ...facts, event }, [fresh]).decisions).toEqual([{ kind: 'lacking', lacking: ['event'] }])
  expect(outcomes({ ...facts, event }, [{ ...fresh, asked: new Set(['event']) }])).toEqual(['EVENT_NOT_OPEN'])
})

test('a refusal changes nothing but the row and the device', () => {
  const { change } = decide(outside({ tickets: [] }), [enter('1', { code: 'nonsense', codeHash: 'x' })])
  expect(change).toMatchObject({ admitted: 0, inside: 0, presence: [], scans: [{ reason: 'UNKNOWN_CODE' }] })
  expect(change.bodies.size).toBe(0)
  expect(change.devices).toEqual([{ id: 'dev_a', lastSeq: 1, seqs: [1], lastSeenAt: noon, clockSkewMs: 0 }])
})

test('a device number that another attempt used is recorded all the same, and told', () => {
  const { change } = decide(outside(), [enter('1'), enter('2', { direction: 'EXIT' })])
  expect(change.scans).toHaveLength(2)
  expect(change.reusedDeviceSeqs).toMatchObject([{ scanId: '2' }])
})

test('a clock that is more than 60 s off is suspect', () => {
  const at = (ms: number) => new Date(noon.getTime() + ms)
  const { change } = decide(outside(), [
    enter('1', { scannedAt: at(60_000) }),
    enter('2', { scannedAt: at(-60_001) }),
  ])
  expect(change.scans.map((scan) => scan.clockSuspect)).toEqual([false, true])
})

test('the first admission keeps its gate, device and time through exits and re-entries', () => {
  const later = new Date(noon.getTime() + 60_000)
  const { change } = decide(outside(), [
    enter('1'),
    enter('2', { direction: 'EXIT' }),
    enter('3', { receivedAt: later }),
    enter('4', { receivedAt: later }),
  ])
  expect(change.scans.map((scan) => scan.isFirstAdmission)).toEqual([true, false, false, false])
  expect(change.scans[3]?.refusal?.firstAdmission).toEqual({
    at: noon,
    gateId: 'gat_outer',
    deviceId: 'dev_a',
  })
  expect(change.admitted).toBe(1)
})

test('an event without zones counts bodies on its ground', () => {
  const ground = goodWorld().facts.gates.map((gate) => ({ ...gate, zoneFromId: null, zoneToId: null }))
  const facts = outside({ zones: [], gates: ground })
  const { change } = decide(facts, [enter('1'), enter('2')])
  expect(change.scans.map((scan) => scan.reason)).toEqual([null, 'ALREADY_INSIDE'])
  expect(Object.fromEntries(change.bodies)).toEqual({ evt_a: 1 })
  expect(change.presence).toMatchObject([{ placeId: 'evt_a', bodies: 1, entries: 1, entriesFromOutside: 1 }])
})
