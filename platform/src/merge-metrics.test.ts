import { expect, test } from 'vitest'
import { mergeMetrics } from './merge-metrics.ts'

test('a metric of two services keeps one HELP and TYPE line and all samples', () => {
  const text = (service: string) =>
    `# HELP requests Requests.\n# TYPE requests counter\nrequests{service="${service}"} 1\n\n# HELP only_${service} X.\n# TYPE only_${service} gauge\nonly_${service} 2\n`
  const merged = mergeMetrics([text('a'), text('b')])
  expect(merged.match(/# HELP requests/g)).toHaveLength(1)
  expect(merged.match(/# TYPE requests/g)).toHaveLength(1)
  expect(merged).toContain('requests{service="a"} 1\nrequests{service="b"} 1')
  expect(merged).toContain('only_b 2')
})
