import { expect, test } from 'vitest'
import { reportsOf } from './reports.ts'

const gateway = { metrics: async () => '# TYPE g gauge\ng 1\n', problems: () => ['gateway: stopping'] }
const services = { metrics: async () => ['# TYPE s gauge\ns 1\n'], notReady: async () => ['events: away'] }
const whole = { metrics: async () => '# TYPE g gauge\ng 2\n', problems: async () => ['worker 2: starting'] }

test('services in this process are told with it, and all workers by the parent alone', async () => {
  const { own, all } = reportsOf({ gateway, deployment: { ...services, isShared: false }, whole })
  expect(await own.metrics()).toMatch(/g 1[\s\S]*s 1/)
  expect(await own.problems()).toEqual(['gateway: stopping', 'events: away'])
  expect(await all.metrics()).not.toContain('s 1')
  expect(await all.problems()).toEqual(['worker 2: starting'])
})

test('services that workers share are told once, beside all workers', async () => {
  const { own, all } = reportsOf({ gateway, deployment: { ...services, isShared: true }, whole })
  expect(await own.metrics()).not.toContain('s 1')
  expect(await own.problems()).toEqual(['gateway: stopping'])
  expect(await all.metrics()).toMatch(/g 2[\s\S]*s 1/)
  expect(await all.problems()).toEqual(['worker 2: starting', 'events: away'])
})

test('one process tells of everything', async () => {
  const { all } = reportsOf({ gateway, deployment: { ...services, isShared: true }, whole: undefined })
  expect(await all.metrics()).toMatch(/g 1[\s\S]*s 1/)
  expect(await all.problems()).toEqual(['gateway: stopping', 'events: away'])
})
