import { expect, test } from 'vitest'
import { countersOf, sumMetrics } from './sum-metrics.ts'

const text = (requests: number, start: number) => `# HELP requests_total Requests, by code.
# TYPE requests_total counter
requests_total{code="OK"} ${requests}
requests_total{code="a } b"} 1

# HELP seconds Time.
# TYPE seconds histogram
seconds_bucket{le="0.1"} ${requests}
seconds_bucket{le="+Inf"} ${requests + 1}
seconds_sum 0.5
seconds_count ${requests + 1}

# HELP process_start_time_seconds Start.
# TYPE process_start_time_seconds gauge
process_start_time_seconds ${start}
`

test('adds up what has the same name and labels, and tells processes as such apart', () => {
  expect(sumMetrics([text(2, 100), text(40, 200)])).toBe(`# HELP requests_total Requests, by code.
# TYPE requests_total counter
requests_total{code="OK"} 42
requests_total{code="a } b"} 2

# HELP seconds Time.
# TYPE seconds histogram
seconds_bucket{le="0.1"} 42
seconds_bucket{le="+Inf"} 44
seconds_sum 1
seconds_count 44

# HELP process_start_time_seconds Start.
# TYPE process_start_time_seconds gauge
process_start_time_seconds{worker="1"} 100
process_start_time_seconds{worker="2"} 200
`)
})

test('what every worker reads from the same place is not added up', () => {
  const waiting = (count: number) =>
    `# TYPE waiting gauge\nwaiting{service="a"} ${count}\n# TYPE taken counter\ntaken 1\n`
  const sum = sumMetrics([waiting(3), waiting(5), waiting(4)], (name) => name === 'waiting')
  expect(sum).toContain('waiting{service="a"} 5\n')
  expect(sum).toContain('taken 3\n')
})

test('values without end stay what the format writes', () => {
  expect(sumMetrics(['# TYPE a gauge\na +Inf\n'])).toContain('a +Inf')
})

test('of a worker that has ended its counters and histograms stay, and no gauge, nor what tells of its process', () => {
  const gone = `${text(2, 100)}
# TYPE open gauge
open 7

# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 5
`
  const kept = countersOf(gone)
  expect(kept).toContain('requests_total{code="OK"} 2\n')
  expect(kept).toContain('seconds_bucket{le="+Inf"} 3\n')
  expect(kept).not.toMatch(/open|process_/)
  const sum = sumMetrics([text(40, 200), kept])
  expect(sum).toContain('requests_total{code="OK"} 42\n')
  expect(sum).toContain('seconds_count 44\n')
  expect(sum).toContain('process_start_time_seconds{worker="1"} 200\n')
  expect(sum.match(/^# TYPE requests_total/gm)).toHaveLength(1)
})
