import type { EntryPolicy } from '@headcount/scan-rules'
import { expect, test } from 'vitest'
import { attempt, decide, goodWorld, hall, lounge, noon, presence } from '../../test/scan-facts.ts'
import type { Attempt } from './attempt.ts'
import type { ZoneRow } from './ground.ts'
import type { PresenceRow, ScanFacts } from './scan-state.ts'

const seconds = (n: number) => new Date(noon.getTime() + n * 1000)
const yard = 'zon_yard'

interface Setting {
  readonly hall?: Partial<ZoneRow>
  readonly policy?: EntryPolicy
  readonly presence?: readonly PresenceRow[]
}

/** A ground where the ticket is outside: a hall with a lounge, and a yard beside it. */
function ground({ hall: change = {}, policy = 'AFTER_EXIT', presence: rows = [] }: Setting): ScanFacts {
  const { facts } = goodWorld()
  const [outer] = facts.gates
  const [first] = facts.zones
  if (!outer || !first) throw new Error('the good world has gates and zones')
  const yardZone = { ...first, id: yard, name: 'Yard' }
  return {
    ...facts,
    zones: [...facts.zones.map((zone) => (zone.id === hall ? { ...zone, ...change } : zone)), yardZone],
    gates: [
      ...facts.gates,
      { ...outer, id: 'gat_yard', name: 'Yard', zoneToId: yard },
      { ...outer, id: 'gat_between', name: 'Between', zoneFromId: yard, zoneToId: hall },
    ],
    devices: facts.devices.map((device) => ({
      ...device,
      gateIds: facts.gates.map(({ id }) => id).concat('gat_yard', 'gat_between'),
    })),
    ticketTypes: facts.ticketTypes.map((type) => ({ ...type, entryPolicy: policy })),
    presence: rows,
    bodies: rows.map(({ placeId, bodies }) => ({ placeId, bodies })),
  }
}

let numbers = 0
function at(second: number, more: Partial<Attempt> = {}): Attempt {
  numbers += 1
  const receivedAt = seconds(second)
  return attempt({
    scanId: `s${numbers}`,
    deviceSeq: numbers,
    gateId: 'gat_outer',
    receivedAt,
    scannedAt: receivedAt,
    ...more,
  })
}
const exit = { direction: 'EXIT' } as const

function outcomes(facts: ScanFacts, attempts: Attempt[]) {
  const { decisions, change } = decide(facts, attempts)
  const words = decisions.map((decision) =>
    decision.kind === 'recorded'
      ? (decision.scan.reason ?? decision.scan.conflict ?? 'ADMITTED')
      : decision.kind,
  )
  return { words, change }
}

test('SOFT: a second entry is let in with ALREADY_INSIDE as its conflict, and is a second body', () => {
  const { words, change } = outcomes(ground({ hall: { antiPassback: 'SOFT' } }), [at(0), at(1)])
  expect(words).toEqual(['ADMITTED', 'ALREADY_INSIDE'])
  expect(change.scans[1]).toMatchObject({ outcome: 'ADMITTED', reason: null, conflict: 'ALREADY_INSIDE' })
  expect(change).toMatchObject({ inside: 2, admitted: 1 })
  expect(change.bodies.get(hall)).toBe(2)
})

test('SOFT says nothing about a policy that is used up', () => {
  const { words } = outcomes(ground({ hall: { antiPassback: 'SOFT' }, policy: 'SINGLE' }), [at(0), at(1)])
  expect(words).toEqual(['ADMITTED', 'ALREADY_USED'])
})

test('an override passes over what stands beside the conflict of a SOFT zone, and keeps both', () => {
  const soft = ground({ hall: { antiPassback: 'SOFT' }, policy: 'SINGLE' })
  const { change } = outcomes(soft, [at(0), at(1, { overrideReason: 'known' })])
  expect(change.scans[1]).toMatchObject({ conflict: 'ALREADY_INSIDE', overridden: ['ALREADY_USED'] })
})

test('a refusal in a SOFT zone has a reason and no conflict', () => {
  const { change } = outcomes(ground({ hall: { antiPassback: 'SOFT' }, policy: 'SINGLE' }), [at(0), at(1)])
  expect(change.scans[1]).toMatchObject({ outcome: 'REJECTED', conflict: null })
})

const timed = { antiPassback: 'TIMED', passbackTimeoutSeconds: 60 } as const

test('TIMED: a second entry is refused within the time; then the body moves and is not doubled', () => {
  const { words, change } = outcomes(ground({ hall: timed }), [at(0), at(59.999), at(60), at(119), at(120)])
  expect(words).toEqual(['ADMITTED', 'PASSBACK_TIMEOUT', 'ADMITTED', 'PASSBACK_TIMEOUT', 'ADMITTED'])
  expect(change).toMatchObject({ inside: 1, admitted: 1 })
  expect(change.scans[2]).toMatchObject({ fromPlace: hall, toPlace: hall, unmatched: false })
  expect(change.bodies.get(hall)).toBe(1)
})

test('TIMED: a body that is seen in a zone within has moved out of it', () => {
  const inner = at(1, { gateId: 'gat_inner' })
  const { words, change } = outcomes(ground({ hall: timed }), [at(0), inner, at(30), at(90)])
  expect(words).toEqual(['ADMITTED', 'ADMITTED', 'PASSBACK_TIMEOUT', 'ADMITTED'])
  expect(change.scans[3]).toMatchObject({ fromPlace: lounge, toPlace: hall })
  expect([change.inside, change.bodies.get(hall), change.bodies.get(lounge)]).toEqual([1, 1, 0])
})

test('TIMED: a copy waits too while the ticket is inside elsewhere, and then takes its body along', () => {
  const { words, change } = outcomes(ground({ hall: timed }), [at(0, { gateId: 'gat_yard' }), at(1), at(61)])
  expect(words).toEqual(['ADMITTED', 'PASSBACK_TIMEOUT', 'ADMITTED'])
  expect(change.scans[2]).toMatchObject({ fromPlace: yard, toPlace: hall })
  expect(change.inside).toBe(1)
})

test('TIMED: at a gate from a zone that the ticket is not in, it has left its zone unseen', () => {
  const between = { gateId: 'gat_between' }
  const { words, change } = outcomes(ground({ hall: timed }), [at(0), at(1, between), at(61, between)])
  expect(words).toEqual(['ADMITTED', 'PASSBACK_TIMEOUT', 'ADMITTED'])
  expect(change.scans[2]).toMatchObject({ fromPlace: hall, toPlace: hall, unmatched: false })
  expect(change.inside).toBe(1)
})

test('TIMED: an exit leads nobody in who is not where it leads from', () => {
  const { words } = outcomes(ground({ hall: timed }), [at(0), at(100, { ...exit, gateId: 'gat_inner' })])
  expect(words).toEqual(['ADMITTED', 'NOT_INSIDE'])
})

test('the time holds after an exit as well, whichever gate that was, and not for exits', () => {
  const limited = ground({ hall: { passbackTimeoutSeconds: 60 } })
  const { words } = outcomes(limited, [
    ...[at(0), at(1, exit), at(30), at(60), at(61)],
    // Out of the hall from the lounge that lies in it.
    ...[at(62, { gateId: 'gat_inner' }), at(200, exit), at(230), at(260)],
  ])
  expect(words).toEqual([
    ...['ADMITTED', 'ADMITTED', 'PASSBACK_TIMEOUT', 'PASSBACK_TIMEOUT', 'ADMITTED'],
    ...['ADMITTED', 'ADMITTED', 'PASSBACK_TIMEOUT', 'ADMITTED'],
  ])
})

test('the time is the zone’s own: another zone is entered at once', () => {
  const limited = ground({ hall: { passbackTimeoutSeconds: 60 } })
  expect(outcomes(limited, [at(0), at(1, exit), at(2, { gateId: 'gat_yard' })]).words).toEqual([
    ...['ADMITTED', 'ADMITTED', 'ADMITTED'],
  ])
})

test('a ticket that was never there does not wait', () => {
  const facts = ground({ hall: { passbackTimeoutSeconds: 60 }, presence: [presence(hall)] })
  expect(outcomes(facts, [at(1)]).words).toEqual(['ADMITTED'])
})

test('an override passes over the time', () => {
  const { change } = outcomes(ground({ hall: timed }), [at(0), at(1, { overrideReason: 'lost band' })])
  expect(change.scans[1]).toMatchObject({ outcome: 'ADMITTED', overridden: ['PASSBACK_TIMEOUT'] })
  expect(change.inside).toBe(1)
})

const wasReset = presence(hall, { entries: 1, isReset: true })

test('a reset frees the next entry of the time, and only that one', () => {
  const facts = ground({ hall: { passbackTimeoutSeconds: 60 }, presence: [wasReset] })
  expect(outcomes(facts, [at(1), at(2, exit), at(3)]).words).toEqual([
    'ADMITTED',
    'ADMITTED',
    'PASSBACK_TIMEOUT',
  ])
})

test('a reset frees the next exit: it is let out, moves no count, and the one after is refused', () => {
  const { words, change } = outcomes(ground({ presence: [wasReset] }), [at(1, exit), at(2, exit)])
  expect(words).toEqual(['ADMITTED', 'NOT_INSIDE'])
  expect(change.scans[0]).toMatchObject({ unmatched: true })
  expect(change.inside).toBe(0)
})

test('a reset frees no ticket that its policy holds up', () => {
  expect(
    outcomes(ground({ policy: 'SINGLE', presence: [{ ...wasReset, entriesFromOutside: 1 }] }), [at(1)]).words,
  ).toEqual(['ALREADY_USED'])
})

test.each([
  ['HARD', {}],
  ['SOFT', { antiPassback: 'SOFT', passbackTimeoutSeconds: 60 }],
  ['TIMED', timed],
] as const)('an UNLIMITED ticket is never held up by %s anti-passback', (_name, change) => {
  const facts = ground({ hall: change, policy: 'UNLIMITED' })
  expect(outcomes(facts, [at(0), at(1), at(2, exit), at(3)]).words).toEqual([
    ...['ADMITTED', 'ADMITTED', 'ADMITTED', 'ADMITTED'],
  ])
})

test('hours of the day refuse before they begin and after they end, by clocks at the event', () => {
  const hours = (facts: ScanFacts, dailyFrom: string, dailyUntil: string): ScanFacts => ({
    ...facts,
    ticketTypes: facts.ticketTypes.map((type) => ({ ...type, dailyFrom, dailyUntil })),
  })
  // Noon by UTC is 14:00 in Berlin.
  expect(outcomes(hours(ground({}), '14:01', '20:00'), [at(0)]).change.scans[0]).toMatchObject({
    reason: 'TOO_EARLY',
    refusal: { message: 'This ticket enters from 14:01 to 20:00.', isOverridable: true },
  })
  expect(outcomes(hours(ground({}), '10:00', '14:00'), [at(0)]).words).toEqual(['TOO_LATE'])
  expect(outcomes(hours(ground({}), '10:00', '14:01'), [at(0)]).words).toEqual(['ADMITTED'])
  // Who is inside gets out at any time.
  const inside = ground({ presence: [presence(hall, { bodies: 1, entries: 1 })] })
  expect(outcomes(hours(inside, '10:00', '14:00'), [at(0, exit)]).words).toEqual(['ADMITTED'])
})
