import { describe, expect, test } from 'vitest'
import {
  circumstancesOf,
  gateBetween,
  goodWorld,
  hall,
  judge,
  lounge,
  noon,
  presence,
  type World,
  zone,
} from '../test/good-world.ts'
import type { Zone } from './ground.ts'
import { messages } from './messages.ts'
import type { PlacePresence } from './presence.ts'
import { isOverridable, type Reason, reasonOrder } from './reasons.ts'

const before = new Date(noon.getTime() - 1)
const after = new Date(noon.getTime() + 1)

function changeTicket(world: World, change: Partial<World['ticket']>): void {
  world.ticket = { ...world.ticket, ...change }
}
function changeType(world: World, change: Partial<World['ticketType']>): void {
  world.ticketType = { ...world.ticketType, ...change }
}
function changeGate(world: World, change: Partial<World['gate']>): void {
  world.gate = { ...world.gate, ...change }
}
function changeLounge(world: World, change: Partial<Zone>): void {
  world.zones = world.zones.map((one) => (one.id === lounge ? { ...one, ...change } : one))
}
function changeInLounge(world: World, change: Partial<PlacePresence>): void {
  const inLounge = world.presence.find(({ placeId }) => placeId === lounge) ?? presence(lounge)
  world.presence = [...world.presence.filter((row) => row !== inLounge), { ...inLounge, ...change }]
}

/** Each reason's cause. Causes with one name exclude one another: a ticket has one state, a code one standing. */
const causes: Record<Reason, { of: string; bring: (world: World) => void }> = {
  DEVICE_REVOKED: {
    of: 'device',
    bring: (world) => {
      world.isDeviceRevoked = true
    },
  },
  DEVICE_NOT_ASSIGNED: {
    of: 'assignment',
    bring: (world) => {
      world.isDeviceAssigned = false
    },
  },
  UNKNOWN_CODE: {
    of: 'code',
    bring: (world) => {
      world.standing = { kind: 'unknown' }
    },
  },
  BAD_SIGNATURE: {
    of: 'code',
    bring: (world) => {
      world.standing = { kind: 'badSignature' }
    },
  },
  WRONG_EVENT: { of: 'event of the ticket', bring: (world) => changeTicket(world, { eventId: 'evt_b' }) },
  EVENT_NOT_OPEN: {
    of: 'event',
    bring: (world) => {
      world.event = { status: 'ENDED', timeZone: 'Europe/Berlin' }
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
  GATE_CLOSED: { of: 'gate', bring: (world) => changeGate(world, { status: 'OPEN_EXIT' }) },
  WRONG_GATE: {
    of: 'types of the gate',
    bring: (world) => changeGate(world, { ticketTypeIds: ['typ_b'] }),
  },
  WRONG_ZONE: { of: 'zones of the type', bring: (world) => changeType(world, { zoneIds: [hall] }) },
  ALREADY_INSIDE: {
    of: 'presence',
    bring: (world) => {
      world.presence.push(presence(lounge, { bodies: 1 }))
      world.bodies = { ...world.bodies, [lounge]: 1 }
    },
  },
  ALREADY_USED: {
    of: 'entries',
    bring: (world) => {
      changeType(world, { entryPolicy: 'SINGLE' })
      changeInLounge(world, { entries: 1 })
    },
  },
  PASSBACK_TIMEOUT: {
    of: 'time of the last movement',
    bring: (world) => {
      changeLounge(world, { passbackTimeoutSeconds: 60 })
      changeInLounge(world, { entries: 1 })
    },
  },
  NOT_INSIDE: {
    of: 'place',
    bring: (world) => {
      // The gate leads out of a part of the ground where the ticket has never been.
      changeGate(world, { zoneFromId: 'zon_yard' })
      world.zones.push(zone('zon_yard'))
    },
  },
  ZONE_FULL: {
    of: 'capacity',
    bring: (world) => {
      changeLounge(world, { capacity: 1, enforcement: 'HARD' })
      world.bodies = { ...world.bodies, [lounge]: 1 }
    },
  },
}

test('a good ticket at an open gate is let through', () => {
  expect(judge(goodWorld())).toEqual({ reason: null, overridden: [], conflict: null })
})

test.each(reasonOrder)('%s is found where it alone stands against an attempt', (reason) => {
  const world = goodWorld()
  causes[reason].bring(world)
  expect(judge(world).reason).toBe(reason)
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
  expect(judge(world).reason).toBe(first)
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
    const mayBePassed = overridable.includes(reason)
    expect(isOverridable(reason, circumstancesOf(world))).toBe(mayBePassed)
    world.hasOverride = true
    expect(judge(world)).toMatchObject(
      mayBePassed ? { reason: null, overridden: [reason] } : { reason, overridden: [] },
    )
  })

  test('may pass over a full SOFT zone, but not where a HARD one is full too', () => {
    const world = goodWorld()
    causes.ZONE_FULL.bring(world)
    world.hasOverride = true
    changeLounge(world, { enforcement: 'SOFT' })
    expect(judge(world)).toMatchObject({ reason: null, overridden: ['ZONE_FULL'] })
    // From outside the hall gets fuller too.
    world.presence = []
    world.gate = gateBetween(null, lounge)
    world.zones = world.zones.map((one) =>
      one.id === hall ? { ...one, capacity: 2, enforcement: 'HARD' } : one,
    )
    expect(judge(world).reason).toBe('ZONE_FULL')
  })

  test('passes over all that may be, up to what may not', () => {
    const world = goodWorld()
    for (const reason of ['NOT_PAID', 'TOO_EARLY', 'WRONG_GATE'] as const) causes[reason].bring(world)
    world.hasOverride = true
    expect(judge(world)).toMatchObject({ reason: null, overridden: ['NOT_PAID', 'TOO_EARLY', 'WRONG_GATE'] })
    causes.GATE_CLOSED.bring(world)
    expect(judge(world)).toMatchObject({ reason: 'GATE_CLOSED', overridden: ['NOT_PAID', 'TOO_EARLY'] })
  })
})

test('in a SOFT zone a second entry is a conflict and no reason', () => {
  const world = goodWorld()
  causes.ALREADY_INSIDE.bring(world)
  changeLounge(world, { antiPassback: 'SOFT' })
  expect(judge(world)).toEqual({ reason: null, overridden: [], conflict: 'ALREADY_INSIDE' })
})

test('until somebody was asked, a code is unknown; one that was replaced is revoked, for entries', () => {
  const kinds = ['lacking', 'carried', 'elsewhere', 'replaced'] as const
  const reasons = kinds.map((kind) => judge({ ...goodWorld(), standing: { kind } }).reason)
  expect(reasons).toEqual(['UNKNOWN_CODE', null, 'WRONG_EVENT', 'REVOKED'])
  const way = { direction: 'EXIT', gate: gateBetween(null, hall) } as const
  expect(judge({ ...goodWorld(), ...way, standing: { kind: 'replaced' } }).reason).toBeNull()
})

test('an event of which nobody knows is not open', () => {
  expect(judge({ ...goodWorld(), event: undefined }).reason).toBe('EVENT_NOT_OPEN')
})

test('every reason has its words', () => {
  expect(Object.keys(messages)).toEqual(['ADMITTED', ...reasonOrder])
})

test('a full NONE zone lets everybody in', () => {
  const world = goodWorld()
  causes.ZONE_FULL.bring(world)
  changeLounge(world, { enforcement: 'NONE' })
  expect(judge(world).reason).toBeNull()
})

test('a body that moves within a full zone does not make it fuller', () => {
  const world = goodWorld()
  world.zones = world.zones.map((one) =>
    one.id === hall ? { ...one, capacity: 1, enforcement: 'HARD' } : one,
  )
  expect(judge(world).reason).toBeNull()
})

const exits: readonly Reason[] = [
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
  world.direction = 'EXIT'
  world.presence = [presence(lounge, { bodies: 1, entries: 1 })]
  expect(judge(world).reason).toBeNull()
})

function outcomeOf(world: World): string {
  return judge(world).reason === null ? 'ADMITTED' : 'REJECTED'
}

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
  world.event = { status, timeZone: 'UTC' }
  expect(outcomeOf(world)).toBe(entry)
  expect(outcomeOf({ ...world, direction: 'EXIT', gate: gateBetween(null, hall) })).toBe(exit)
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
  changeGate(world, { status })
  expect(outcomeOf(world)).toBe(entry)
  world.presence = [presence(lounge, { bodies: 1 })]
  expect(outcomeOf({ ...world, direction: 'EXIT' })).toBe(exit)
})

test('in EMERGENCY everybody gets out, wherever they are known to be and whatever the event is', () => {
  const world = goodWorld()
  changeGate(world, { status: 'EMERGENCY' })
  world.event = { status: 'ARCHIVED', timeZone: 'UTC' }
  expect(outcomeOf({ ...world, direction: 'EXIT' })).toBe('ADMITTED')
})
