import { expect, test } from 'vitest'
import { goodWorld, scanOf } from '../../test/scan-facts.ts'

// The rules are tested where they are (packages/scan-rules), and with a scanner's facts by its vectors. Here is what
// gates alone knows: people, overrides, and tickets and devices of other events.

test('a person scans at any gate, a device at its own and at those of its event', () => {
  const world = goodWorld()
  const gateIds = ['gat_outer']
  world.facts.devices = world.facts.devices.map((device) => ({ ...device, gateIds }))
  expect(scanOf(world)).toMatchObject({ outcome: 'REJECTED', reason: 'DEVICE_NOT_ASSIGNED' })
  Object.assign(world.attempt, { actor: { kind: 'user', id: 'usr_a' }, deviceSeq: null })
  expect(scanOf(world)).toMatchObject({ outcome: 'ADMITTED', deviceId: null })
  const other = goodWorld()
  other.facts.devices = other.facts.devices.map((device) => ({ ...device, eventId: 'evt_b' }))
  expect(scanOf(other).reason).toBe('DEVICE_NOT_ASSIGNED')
  other.facts.devices = []
  expect(scanOf(other).reason).toBe('DEVICE_NOT_ASSIGNED')
})

test('a revoked device is refused as such', () => {
  const world = goodWorld()
  world.facts.devices = world.facts.devices.map((device) => ({ ...device, status: 'REVOKED' }))
  expect(scanOf(world)).toMatchObject({ reason: 'DEVICE_REVOKED', refusal: { isOverridable: false } })
})

test('a ticket of another event that is kept here is none of this one', () => {
  const world = goodWorld()
  world.facts.tickets = world.facts.tickets.map((ticket) => ({ ...ticket, eventId: 'evt_b' }))
  expect(scanOf(world).reason).toBe('WRONG_EVENT')
})

test('a supervisor’s reason is kept with what it passed over, and only then', () => {
  const world = goodWorld()
  world.attempt.overrideReason = 'I know them'
  expect(scanOf(world)).toMatchObject({ outcome: 'ADMITTED', overrideReason: null, overridden: [] })
  world.facts.tickets = world.facts.tickets.map((ticket) => ({ ...ticket, status: 'PENDING' }))
  expect(scanOf(world)).toMatchObject({
    ...{ outcome: 'ADMITTED', reason: null, refusal: null },
    ...{ overrideReason: 'I know them', overridden: ['NOT_PAID'] },
  })
  world.facts.gates = world.facts.gates.map((gate) => ({ ...gate, status: 'CLOSED' }))
  expect(scanOf(world)).toMatchObject({
    ...{ outcome: 'REJECTED', reason: 'GATE_CLOSED', overrideReason: null, overridden: [] },
    refusal: { isOverridable: false },
  })
  world.attempt.overrideReason = null
  expect(scanOf(world)).toMatchObject({ reason: 'NOT_PAID', refusal: { isOverridable: true } })
})

test('in EMERGENCY those who are not inside get out too, are recorded and move no count', () => {
  const world = goodWorld()
  world.facts.gates = world.facts.gates.map((gate) => ({ ...gate, status: 'EMERGENCY' }))
  world.attempt.direction = 'EXIT'
  expect(scanOf(world)).toMatchObject({ outcome: 'ADMITTED', unmatched: true })
})
