import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { UsageReport } from '@headcount/registry-api'
import { buildSchema, parse } from 'graphql'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { accessRules } from '../access/rules.ts'
import type { OperationRun } from '../exchange.ts'
import { defaultLimits } from '../limits.ts'
import { knownOperations } from '../operations/known-operations.ts'
import { ClientNames } from './client-names.ts'
import { Usage } from './usage.ts'
import type { UsageSink } from './usage-sink.ts'

const sdl = 'type Query { a(text: String): Int b: Int }'
const schema = buildSchema(sdl)
const rules = accessRules(parse(sdl))

function collector(sink: UsageSink) {
  const known = knownOperations({ schema, rules, limits: defaultLimits, introspection: false })
  const usage = new Usage(
    { sink, intervalMs: 50 },
    {
      clients: new ClientNames(),
      currentSchema: () => schema,
      log: pino({ level: 'silent' }),
      now: Date.now,
    },
  )
  const ask = (text: string, clientHeaders = {}) => {
    const operation = known.find(text, undefined)
    const run = { operation, generation: { schema }, clientHeaders, startedAt: performance.now() }
    usage.count(run as unknown as OperationRun, false)
  }
  return { usage, ask }
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

test('with 100,000 distinct operations memory stays bounded, though nobody takes reports, and none is forgotten', {
  timeout: 120_000,
}, async () => {
  let isUp = false
  const reports: UsageReport[] = []
  const { usage, ask } = collector({
    async send(report) {
      if (!isUp) throw new Error('down')
      reports.push(report)
      return { unknown: [] }
    },
  })
  const asked = 100_000
  let before = 0
  for (let number = 0; number < asked; number += 1) {
    ask(`query Q${number} { a(text: "x") b }`, { 'graphql-client-name': `client ${number}` })
    if (number % 200 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    if (number === asked / 2) before = heapBytes()
  }
  expect(heapBytes() - before).toBeLessThan(10_000_000)
  expect(usage.operations).toBeLessThanOrEqual(5_000)
  expect(usage.reports.waiting).toBeLessThanOrEqual(30)
  isUp = true
  await vi.waitFor(() => expect(usage.reports.waiting).toBe(0), { timeout: 10_000 })
  await usage.close()
  const counted = reports.flatMap(({ counts }) => counts).reduce((sum, one) => sum + one.requests, 0)
  const uncounted = reports.reduce((sum, one) => sum + one.uncounted, 0)
  expect(counted + uncounted).toBe(asked)
  expect(uncounted).toBe(usage.uncounted)
})

test('an operation that is too long for a report is counted as uncounted', async () => {
  const reports: UsageReport[] = []
  const { usage, ask } = collector({
    async send(report) {
      reports.push(report)
      return { unknown: [] }
    },
  })
  ask(`{ ${'a'.repeat(100_000)}: b }`)
  ask('{ b }')
  await usage.close()
  expect(reports).toMatchObject([
    { operations: [{ text: '{\n  b\n}' }], counts: [{ requests: 1 }], uncounted: 1 },
  ])
})
