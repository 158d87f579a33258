import { expect, it } from 'vitest'
import { seriesRows } from './series-rows.ts'

const bucket = (hour: number, requests: number) => ({
  at: `2026-11-30T0${hour}:00:00.000Z`,
  requests,
  errors: 1,
  p95Ms: 12,
})

it('fills the hours in which nothing was asked, without a latency', () => {
  const rows = seriesRows([bucket(1, 10), bucket(4, 30)], 3600)
  expect(rows.times.map((time) => new Date(time * 1000).getUTCHours())).toEqual([1, 2, 3, 4])
  expect(rows.requests).toEqual([10, 0, 0, 30])
  expect(rows.errors).toEqual([1, 0, 0, 1])
  expect(rows.p95Ms).toEqual([12, null, null, 12])
})

it('draws nothing of nothing', () => {
  expect(seriesRows([], 3600).times).toEqual([])
})
