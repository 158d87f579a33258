import { hashTicketCode } from '@headcount/ticket-code'
import { describe, expect, test } from 'vitest'
import { goodWorld, hall, lounge, noon, presence, scanOf, type World } from '../../test/scan-facts.ts'
import type { Reason } from './attempt.ts'
import { reasonOrder as allReasons } from './reasons.ts'
import type { TicketRow } from './scan-state.ts'

/** A device's own word, which no rule of the server gives. */
type Ruled = Exclude<Reason, 'DECIDED_OFFLINE'>
const reasonOrder = allReasons as readonly Ruled[]

const before = new Date(noon.getTime() - 1)
const after = new Date(noon.getTime() + 1)

function changeTicket({ facts }: World, change: Partial<TicketRow>): void {
  facts.tickets = facts.tickets.map((ticket) => ({ ...ticket, ...change }))
}
function changeType({ facts }: World, change: Partial<World['facts']['ticketTypes'][number]>): void {
  facts.ticketTypes = facts.ticketTypes.map((type) => ({ ...type, ...change }))
}
function changeInnerGate({ facts }: World, change: Partial<World['facts']['gates'][number]>): void {
  facts.gates = facts.gates.map((gate) => (gate.id === 'gat_inner' ? { ...gate, ...change } : gate))
}

function changeLounge({ facts }: World, change: Partial<World['facts']['zones'][number]>): void {
  facts.zones = facts.zones.map((zone) => (zone.id === lounge ? { ...zone, ...change } : zone))
}

/** Each reason's cause. Causes with one name exclude one another: a ticket has one state, a code one standing. */
const causes: Record<Ruled, { of: string; bring: (world: World) => void }> = {
  DEVICE_REVOKED: {
    of: 'device',
    bring: ({ facts }) => {
      facts.devices = facts.devices.map((device) => ({ ...device, status: 'REVOKED' }))
    },
  },
  DEVICE_NOT_ASSIGNED: {
    of: 'assignment',
    bring: ({ facts }) => {
      facts.devices = facts.devices.map((device) => ({ ...device, gateIds: ['gat_outer'] }))
    },
  },
  UNKNOWN_CODE: {
    of: 'code',
    bring: ({ attempt }) => {
      Object.assign(attempt, { code: 'nothing', codeHash: hashTicketCode('nothing') })
    },
  },
  BAD_SIGNATURE: {
    of: 'code',
    bring: ({ attempt }) => {
      Object.assign(attempt, { codeHash: hashTicketCode('forged'), codeWord: { kind: 'badSignature' } })
    },
  },
  WRONG_EVENT: { of: 'event of the ticket', bring: (world) => changeTicket(world, { eventId: 'evt_b' }) },
  EVENT_NOT_OPEN: {
    of: 'event',
    bring: ({ facts }) => {
      if (facts.event) facts.event = { ...facts.event, status: 'ENDED' }
    },
  },
  NOT_PAID: { of: 'ticket', bring: (world) => changeTicket(world, { status: 'PENDING' }) },
  NOT_APPROVED: {
    of: 'ticket',
    bring: (world) => changeTicket(world, { status: 'PENDING', pendingReason: 'NOT_APPROVED' }),
  },
  BLOCKED: { of: 'ticket', bring: (world) => changeTicket(world, { status: 'BLOCKED' }) },
  REVOKED: { of: 'ticket', bring: (world) => changeTicket(world, { status: 'REVOKED' }) },
  CANCELLED: { of: 'ticket', bring: (world) => changeTicket(world, { status: 'CANCELLED' }) },
  TRANSFERRED: { of: 'ticket', bring: (world) => changeTicket(world, { status: 'TRANSFERRED' }) },
  EXPIRED: { of: 'its end', bring: (world) => changeTicket(world, { validUntil: noon }) },
  TOO_EARLY: { of: 'begin of the type', bring: (world) => changeType(world, { validFrom: after }) },
  TOO_LATE: { of: 'end of the type', bring: (world) => changeType(world, { validUntil: before }) },
  GATE_CLOSED: { of: 'gate', bring: (world) => changeInnerGate(world, { status: 'OPEN_EXIT' }) },
  WRONG_GATE: {
    of: 'types of the gate',
    bring: (world) => changeInnerGate(world, { ticketTypeIds: ['typ_b'] }),
  },
  WRONG_ZONE: { of: 'zones of the type', bring: (world) => changeType(world, { zoneIds: [hall] }) },
  ALREADY_INSIDE: {
    of: 'presence',
    bring: ({ facts }) => {
      facts.presence = [...facts.presence, presence(lounge, { bodies: 1 })]
      facts.bodies = [...facts.bodies, { placeId: lounge, bodies: 1 }]
    },
  },
  ALREADY_USED: {
    of: 'entries',
    bring: (world) => {
      changeType(world, { entryPolicy: 'SINGLE' })
      const { facts } = world
      const inLounge = facts.presence.find((row) => row.placeId === lounge) ?? presence(lounge)
      facts.presence = [...facts.presence.filter((row) => row !== inLounge), { ...inLounge, entries: 1 }]
    },
  },
  PASSBACK_TIMEOUT: {
    of: 'time of the last movement',
    bring: (world) => {
      changeLounge(world, { passbackTimeoutSeconds: 60 })
      const { facts } = world
      const inLounge = facts.presence.find((row) => row.placeId === lounge) ?? presence(lounge)
      const entries = Math.max(1, inLounge.entries)
      facts.presence = [...facts.presence.filter((row) => row !== inLounge), { ...inLounge, entries }]
    },
  },
  NOT_INSIDE: {
    of: 'place',
    bring: (world) => {
      // The gate leads out of a part of the ground where the ticket has never been.
      changeInnerGate(world, { zoneFromId: 'zon_yard' })
      const [first] = world.facts.zones
      if (first) world.facts.zones = [...world.facts.zones, { ...first, id: 'zon_yard', name: 'Yard' }]
    },
  },
  ZONE_FULL: {
    of: 'capacity',
    bring: ({ facts }) => {
      facts.zones = facts.zones.map((zone) =>
        zone.id === lounge ? { ...zone, capacity: 1, enforcement: 'HARD' } : zone,
      )
      facts.bodies = [
        ...facts.bodies.filter(({ placeId }) => placeId !== lounge),
        { placeId: lounge, bodies: 1 },
      ]
    },
  },
}

test('a good ticket at an open gate is let through', () => {
  expect(scanOf(goodWorld())).toMatchObject({ outcome: 'ADMITTED', reason: null })
})

test.each(reasonOrder)('%s is found where it alone stands against an attempt', (reason) => {
  const world = goodWorld()
  causes[reason].bring(world)
  expect(scanOf(world)).toMatchObject({ outcome: 'REJECTED', reason })
})

const pairs = reasonOrder.flatMap((first, index) =>
  reasonOrder
    .slice(index + 1)
    .filter((second) => causes[first].of !== causes[second].of)
    .map((second) => [first, second] as const),
)
test.each(pairs)('%s is answered before %s', (first, second) => {
  const world = goodWorld()
  causes[second].bring(world)
  causes[first].bring(world)
  expect(scanOf(world).reason).toBe(first)
})

test('the order is the contract’s', () => {
  expect(reasonOrder.join(' ')).toBe(
    'DEVICE_REVOKED DEVICE_NOT_ASSIGNED UNKNOWN_CODE BAD_SIGNATURE WRONG_EVENT EVENT_NOT_OPEN NOT_PAID NOT_APPROVED ' +
      'BLOCKED REVOKED CANCELLED TRANSFERRED EXPIRED TOO_EARLY TOO_LATE GATE_CLOSED WRONG_GATE WRONG_ZONE ' +
      'ALREADY_INSIDE ALREADY_USED PASSBACK_TIMEOUT NOT_INSIDE ZONE_FULL',
  )
})

describe('a supervisor', () => {
  const overridable: readonly Reason[] = [
    ...([
      'NOT_PAID',
      'NOT_APPROVED',
      'EXPIRED',
      'TOO_EARLY',
      'TOO_LATE',
      'WRONG_GATE',
      'WRONG_ZONE',
    ] as const),
    ...(['ALREADY_INSIDE', 'ALREADY_USED', 'PASSBACK_TIMEOUT', 'NOT_INSIDE'] as const),
  ]
  test.each(reasonOrder)('may pass over %s only where the contract says so', (reason) => {
    const world = goodWorld()
    causes[reason].bring(world)
    const isOverridable = overridable.includes(reason)
    expect(scanOf(world).refusal?.isOverridable).toBe(isOverridable)
    world.attempt.overrideReason = 'I know them'
    expect(scanOf(world)).toMatchObject(
      isOverridable
        ? { outcome: 'ADMITTED', reason: null, overrideReason: 'I know them', overridden: [reason] }
        : { outcome: 'REJECTED', reason, overrideReason: null },
    )
  })

  test('may pass over a full SOFT zone, but not where a HARD one is full too', () => {
    const world = goodWorld()
    causes.ZONE_FULL.bring(world)
    const [outer, inner] = world.facts.zones
    if (!outer || !inner) throw new Error('the good world has two zones')
    world.attempt.overrideReason = 'family'
    world.facts.zones = [outer, { ...inner, enforcement: 'SOFT' }]
    expect(scanOf(world)).toMatchObject({ outcome: 'ADMITTED', overridden: ['ZONE_FULL'] })
    // From outside the hall gets fuller too.
    world.facts.presence = []
    world.attempt.gateId = 'gat_outer'
    world.facts.zones = [{ ...outer, capacity: 2, enforcement: 'HARD' }, inner]
    expect(scanOf(world)).toMatchObject({ outcome: 'REJECTED', reason: 'ZONE_FULL' })
  })

  test('leaves no reason behind where nothing had to be passed over', () => {
    const world = goodWorld()
    world.attempt.overrideReason = 'just in case'
    expect(scanOf(world)).toMatchObject({ outcome: 'ADMITTED', overrideReason: null })
  })
})

test('a full NONE zone lets everybody in', () => {
  const world = goodWorld()
  causes.ZONE_FULL.bring(world)
  world.facts.zones = world.facts.zones.map((zone) => ({ ...zone, enforcement: 'NONE' }))
  expect(scanOf(world).outcome).toBe('ADMITTED')
})

test('a body that moves within a full zone does not make it fuller', () => {
  const world = goodWorld()
  world.facts.zones = world.facts.zones.map((zone) =>
    zone.id === hall ? { ...zone, capacity: 1, enforcement: 'HARD' } : zone,
  )
  expect(scanOf(world).outcome).toBe('ADMITTED')
})

const exits: readonly Ruled[] = [
  'NOT_PAID',
  'BLOCKED',
  'REVOKED',
  'EXPIRED',
  'TOO_LATE',
  'WRONG_GATE',
  'WRONG_ZONE',
  'PASSBACK_TIMEOUT',
]
test.each(exits)('%s keeps nobody in', (reason) => {
  const world = goodWorld()
  causes[reason].bring(world)
  Object.assign(world.attempt, { direction: 'EXIT', gateId: 'gat_outer' })
  expect(scanOf(world)).toMatchObject({ outcome: 'ADMITTED', fromPlace: hall, toPlace: null })
})

test.each([
  ['DOORS_OPEN', 'ADMITTED', 'ADMITTED'],
  ['LIVE', 'ADMITTED', 'ADMITTED'],
  ['ENDED', 'REJECTED', 'ADMITTED'],
  ['CANCELLED', 'REJECTED', 'ADMITTED'],
  ['DRAFT', 'REJECTED', 'REJECTED'],
  ['PUBLISHED', 'REJECTED', 'REJECTED'],
  ['POSTPONED', 'REJECTED', 'REJECTED'],
  ['ARCHIVED', 'REJECTED', 'REJECTED'],
] as const)('in %s entries are %s and exits %s', (status, entry, exit) => {
  const world = goodWorld()
  if (world.facts.event) world.facts.event = { ...world.facts.event, status }
  expect(scanOf(world).outcome).toBe(entry)
  Object.assign(world.attempt, { direction: 'EXIT', gateId: 'gat_outer' })
  expect(scanOf(world).outcome).toBe(exit)
})

test.each([
  ['CLOSED', 'REJECTED', 'REJECTED'],
  ['OPEN_ENTRY', 'ADMITTED', 'REJECTED'],
  ['OPEN_EXIT', 'REJECTED', 'ADMITTED'],
  ['OPEN_BOTH', 'ADMITTED', 'ADMITTED'],
  ['PAUSED', 'REJECTED', 'REJECTED'],
  ['EMERGENCY', 'REJECTED', 'ADMITTED'],
] as const)('a gate in %s answers entries %s and exits %s', (status, entry, exit) => {
  const world = goodWorld()
  changeInnerGate(world, { status })
  expect(scanOf(world).outcome).toBe(entry)
  world.facts.presence = [presence(lounge, { bodies: 1 })]
  world.attempt.direction = 'EXIT'
  expect(scanOf(world).outcome).toBe(exit)
})

test('in EMERGENCY everybody gets out: those who are not inside are recorded and move no count', () => {
  const world = goodWorld()
  changeInnerGate(world, { status: 'EMERGENCY' })
  causes.EVENT_NOT_OPEN.bring(world)
  if (world.facts.event) world.facts.event = { ...world.facts.event, status: 'ARCHIVED' }
  world.attempt.direction = 'EXIT'
  expect(scanOf(world)).toMatchObject({ outcome: 'ADMITTED', unmatched: true })
})
