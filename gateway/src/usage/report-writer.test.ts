import { latencyBucketsMs, reportBounds, type UsageReport } from '@headcount/registry-api'
import { expect, test } from 'vitest'
import { ReportWriter } from './report-writer.ts'

function finish(writer: ReportWriter, uncounted = 0) {
  let sequence = 0
  return writer.finish({
    gateway: 'g',
    fromMs: 0,
    toMs: 10_000,
    uncounted,
    nextSequence: () => {
      sequence += 1
      return sequence
    },
  })
}

const latencies = [...latencyBucketsMs.map(() => 0), 0]
const client = {
  name: '\u0001'.repeat(reportBounds.nameCharacters),
  version: '😀'.repeat(reportBounds.nameCharacters / 2),
}
const operation = (id: string, text: string, coordinates: readonly string[]) =>
  ({ id, name: 'Q', kind: 'query', text, coordinates, documentId: null }) as const

test('what is too much for one report goes into several, each within all bounds, and nothing twice', () => {
  const writer = new ReportWriter()
  const coordinates = Array.from({ length: 40 }, (_, index) => `Type.field${index}`)
  for (let count = 0; count < 1_200; count += 1) {
    writer.addOperation(operation(`op${count}`, 'x\n'.repeat(count % 40 === 0 ? 50_000 : 50), coordinates))
    writer.addInputs(`op${count}`, ['Filter.a'])
  }
  for (let count = 0; count < 12_000; count += 1) {
    writer.addCount({ operation: `op${count % 1_200}`, client, requests: 1, errors: 0, latencies })
  }
  writer.addInputs(
    'wide',
    Array.from({ length: 12_000 }, (_, index) => `Filter.f${index}`),
  )
  const reports = finish(writer, 17)
  for (const { report, bytes } of reports) {
    expect(report.operations.length).toBeLessThanOrEqual(reportBounds.operations)
    expect(report.counts.length).toBeLessThanOrEqual(reportBounds.counts)
    expect(report.inputs.length).toBeLessThanOrEqual(reportBounds.inputs)
    expect(coordinatesOf(report)).toBeLessThanOrEqual(reportBounds.coordinates)
    const length = Buffer.byteLength(JSON.stringify(report))
    expect(length).toBeLessThanOrEqual(reportBounds.bytes)
    expect(bytes).toBeGreaterThanOrEqual(length)
  }
  const all = reports.map(({ report }) => report)
  expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1))
  expect(new Set(all.flatMap(({ operations }) => operations.map(({ id }) => id))).size).toBe(1_200)
  expect(all.flatMap(({ counts }) => counts)).toHaveLength(12_000)
  expect(all.flatMap(({ inputs }) => inputs.flatMap((one) => one.coordinates))).toHaveLength(13_200)
  expect(all.map(({ uncounted }) => uncounted).reduce((sum, one) => sum + one)).toBe(17)
})

function coordinatesOf({ operations, inputs }: UsageReport): number {
  return [...operations, ...inputs].reduce((sum, one) => sum + one.coordinates.length, 0)
}

test('where there is nothing to say there is no report, but lost requests are something', () => {
  expect(finish(new ReportWriter())).toEqual([])
  expect(finish(new ReportWriter(), 3)).toMatchObject([{ report: { counts: [], uncounted: 3 } }])
})
