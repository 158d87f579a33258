import { expect, test } from 'vitest'
import { gates, registered, ticketTypes } from './ground.ts'
import { leaveFromMs, millisecondsPerMinute, planScenario, typeOf } from './scenario.ts'

const { attempts, endMs } = planScenario(7)
const entries = attempts.filter((attempt) => attempt.direction === 'ENTRY')

test('the same seed gives the same scenario, another seed another', () => {
  expect(planScenario(7).attempts).toEqual(attempts)
  expect(planScenario(8).attempts).not.toEqual(attempts)
})

test('94 of 100 registered people come, and everybody who came leaves at the end', () => {
  const came = new Set(entries.map((attempt) => attempt.person))
  expect(came.size / registered).toBeGreaterThan(0.93)
  expect(came.size / registered).toBeLessThan(0.95)
  const left = new Set(
    attempts.filter((a) => a.direction === 'EXIT' && a.dueMs >= leaveFromMs).map((a) => a.person),
  )
  for (const person of came) expect(person === undefined || left.has(person)).toBe(true)
})

test('the busiest minute of arrivals brings about 1,000 people, as real doors see it', () => {
  const byMinute = Map.groupBy(entries, (attempt) => Math.floor(attempt.dueMs / millisecondsPerMinute))
  const peak = Math.max(...[...byMinute.values()].map((list) => list.length))
  expect(peak).toBeGreaterThan(900)
  expect(peak).toBeLessThan(1400)
  expect(endMs).toBeLessThan(30 * 60_000)
})

test('110 lanes at 8 gates, and every attempt is at a lane that there is', () => {
  expect(gates).toHaveLength(8)
  expect(gates.reduce((sum, gate) => sum + gate.lanes, 0)).toBe(110)
  expect(attempts.every(({ gate, lane }) => lane < (gates[gate]?.lanes ?? 0))).toBe(true)
})

test('registrations are counted type by type, and General has places left', () => {
  expect(registered).toBe(50_000)
  expect([typeOf(0), typeOf(43_500), typeOf(49_999)]).toEqual([0, 1, 2])
  expect(ticketTypes[0]?.quota).toBeGreaterThan(ticketTypes[0]?.registered ?? 0)
})
