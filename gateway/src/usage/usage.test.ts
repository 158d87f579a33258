import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { UsageReport } from '@headcount/registry-api'
import { buildSchema, Kind, parse } from 'graphql'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { accessRules } from '../access/rules.ts'
import { ClientNames } from '../client-names.ts'
import type { OperationRun } from '../exchange.ts'
import { type KnownOperation, knownOperation } from '../operations/known-operation.ts'
import { Usage } from './usage.ts'
import type { UsageSink } from './usage-sink.ts'

const sdl = 'type Query { a(text: String): Int b: Int }'
const schema = buildSchema(sdl)
const rules = accessRules(parse(sdl))

function collector(sink: UsageSink) {
  const usage = new Usage(
    { sink, intervalMs: 50 },
    {
      clients: new ClientNames(),
      currentSchema: () => schema,
      log: pino({ level: 'silent' }),
      now: Date.now,
    },
  )
  const ask = (operation: KnownOperation, clientHeaders = {}) => {
    const run = { operation, generation: { schema }, clientHeaders, startedAt: performance.now() }
    usage.count(run as unknown as OperationRun, false)
  }
  return { usage, ask }
}

const document = parse('query Name { a(text: "x") b }')

/** An operation of this name; that it is the same document otherwise saves the time of reading a hundred thousand. */
function named(name: string): KnownOperation {
  const definitions = document.definitions.map((node) =>
    node.kind === Kind.OPERATION_DEFINITION && node.name
      ? { ...node, name: { ...node.name, value: name } }
      : node,
  )
  const [definition] = definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('it is one')
  return knownOperation({ key: name, schema, rules, document: { ...document, definitions }, definition })
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

test('with 100,000 distinct operations memory stays bounded, though nobody takes reports, and none is forgotten', {
  timeout: 300_000,
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
    ask(named(`Q${number}`), { 'graphql-client-name': `client ${number}` })
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
  ask(named('a'.repeat(100_000)))
  ask(named('Short'))
  await usage.close()
  expect(reports).toMatchObject([
    { operations: [{ name: 'Short' }], counts: [{ requests: 1 }], uncounted: 1 },
  ])
})
