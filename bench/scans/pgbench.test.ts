import { expect, test } from 'vitest'
import { loadOf } from './pgbench.ts'

const summary = `transaction type: script.sql
number of transactions actually processed: 4
number of failed transactions: 0 (0.000%)
latency average = 2.5 ms
tps = 2.000000 (without initial connection time)
`

test('the rate is that of the summary, the percentiles those of all logs', () => {
  const logs = [
    '0 1 1000 0 1764443000 5\n0 2 2000 0 1764443000 9\n',
    '1 1 3000 0 1764443000 7\n1 2 9000 0 1764443001 1\n',
  ]
  expect(loadOf(summary, logs)).toEqual({ answered: 4, seconds: 2, p50Ms: 2, p95Ms: 9, p99Ms: 9 })
})

test.for([summary.replace('transactions: 0', 'transactions: 3'), 'pgbench: error: connection failed'])(
  'a run with failures has no rate',
  (bad) => {
    expect(() => loadOf(bad, [])).toThrow(/pgbench failed/)
  },
)
