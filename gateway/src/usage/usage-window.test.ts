import { type ClientName, latencyBucketsMs, reportBounds } from '@headcount/registry-api'
import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { accessRules } from '../access/rules.ts'
import { nobody } from '../client-names.ts'
import type { OperationRun } from '../exchange.ts'
import { defaultLimits } from '../limits.ts'
import { knownOperations } from '../operations/known-operations.ts'
import { UsageWindow } from './usage-window.ts'

const schema = buildSchema('type Query { a: Int }')
const rules = accessRules(parse('type Query { a: Int }'))
const known = knownOperations({ schema, rules, limits: defaultLimits, introspection: false })

/** Asks for an operation of this number, as a client. */
function ask(window: UsageWindow, number: number, client: ClientName): boolean {
  const operation = known.find(`query Q${number} { a }`, undefined)
  const run = { generation: { schema } } as unknown as OperationRun
  const entry = window.entries.get(operation) ?? window.enter(run, operation, client)
  if (entry) window.count(window.slotOf(entry, client), 1, false)
  return entry !== undefined
}

const clientOf = (number: number): ClientName => ({ name: `client ${number}`, version: '' })

function total(window: UsageWindow): { requests: number; rows: number } {
  const rows = [...window.entries.values()].flatMap((entry) => [...window.countsOf(entry)])
  return { rows: rows.length, requests: rows.reduce((sum, [, numbers]) => sum + (numbers[0] ?? 0), 0) }
}

test('a latency is in the bucket that it is at most as long as, and in the last when it is longer than all', () => {
  const window = new UsageWindow(0)
  const operation = known.find('query Timed { a }', undefined)
  const entry = window.enter({ generation: { schema } } as unknown as OperationRun, operation, nobody)
  if (!entry) throw new Error('there is room')
  const at = window.slotOf(entry, nobody)
  for (const milliseconds of [0, 1, 1.01, 2, 10_000, 10_001]) window.count(at, milliseconds, milliseconds > 1)
  const [[, numbers] = [nobody, []]] = [...window.countsOf(entry)]
  const expected = [6, 4, ...latencyBucketsMs.map(() => 0), 1]
  expected[2] = 2
  expected[3] = 2
  expected[2 + latencyBucketsMs.length - 1] = 1
  expect([...numbers]).toEqual(expected)
})

test('clients of an operation beyond fifty count together under the empty name', () => {
  const window = new UsageWindow(0)
  const clients = Array.from({ length: 80 }, (_, number) => clientOf(number))
  for (const client of [...clients, ...clients]) ask(window, 1, client)
  const [entry] = window.entries.values()
  if (!entry) throw new Error('there is one')
  const rows = [...window.countsOf(entry)]
  expect(rows).toHaveLength(51)
  expect(rows.filter(([client]) => client !== nobody).every(([, numbers]) => numbers[0] === 2)).toBe(true)
  expect(rows.find(([client]) => client === nobody)?.[1][0]).toBe(60)
})

test('a window never has more operations or rows than a report takes, and counts all of an operation that it has', () => {
  const window = new UsageWindow(0)
  let counted = 0
  for (let round = 0; round < 40; round += 1) {
    for (let number = 0; number < 600; number += 1) if (ask(window, number, clientOf(round))) counted += 1
  }
  expect(window.entries.size).toBe(reportBounds.operations)
  expect(window.isNearlyFull).toBe(true)
  const { requests, rows } = total(window)
  expect(rows).toBeLessThanOrEqual(reportBounds.counts)
  expect(requests).toBe(counted)
  expect(counted).toBe(40 * reportBounds.operations)
})

test('a window holds on to four megabytes of operations at most', () => {
  const window = new UsageWindow(0)
  const text = (number: number) => `query Q${number} { ${'a'.repeat(100_000)}${number}: a }`
  let held = 0
  for (let number = 0; number < 100; number += 1) {
    const operation = known.find(text(number), undefined)
    if (window.enter({ generation: { schema } } as unknown as OperationRun, operation, nobody)) held += 1
  }
  expect(held).toBe(42)
})
