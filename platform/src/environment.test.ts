import { expect, test } from 'vitest'
import { serviceNames } from './domain-services.ts'
import { completeEnvironment, mostEmbeddedWorkers } from './environment.ts'

const secrets = {
  HEADCOUNT_VIEWER_SECRET: 'a',
  HEADCOUNT_AUTH_SECRET: 'b',
  HEADCOUNT_TICKET_SECRET: 'c',
  HEADCOUNT_MANIFEST_SECRET: 'd',
  HEADCOUNT_REGISTRY_TOKEN: 'e',
}
const cluster = { url: (name: string) => `postgres://127.0.0.1:1/${name}` }

test.each([1, 4, mostEmbeddedWorkers])(
  'the pools of %i workers have room in the embedded Postgres',
  (workers) => {
    const completed = completeEnvironment({}, { secrets, cluster, workers })
    const each = serviceNames.map((name) => Number(completed[`HEADCOUNT_${name.toUpperCase()}_CONNECTIONS`]))
    expect(Math.min(...each)).toBeGreaterThanOrEqual(3)
    expect(Math.max(...each)).toBeLessThanOrEqual(10)
    const ofRegistry = 3
    expect((each.reduce((sum, count) => sum + count, 0) + ofRegistry) * workers).toBeLessThan(240)
  },
)

test('what the operator has set stays', () => {
  const given = {
    DATABASE_URL_GATES: 'postgres://elsewhere/gates',
    HEADCOUNT_AUTH_CONNECTIONS: '2',
    HEADCOUNT_TICKET_SECRET: 'own',
  }
  const completed = completeEnvironment(given, { secrets, cluster, workers: 4 })
  expect(completed).toMatchObject({ ...given, HEADCOUNT_AUTH_SECRET: 'b' })
  expect(completed).not.toHaveProperty('HEADCOUNT_GATES_CONNECTIONS')
})
