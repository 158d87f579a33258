import { expect, test } from 'vitest'
import { ConfigError, choice, integer, readConfig, secret, url } from './index.ts'

const spec = {
  port: integer('PORT', { minimum: 0, maximum: 65_535, fallback: 4000, doc: 'TCP port.' }),
  databaseUrl: url('DATABASE_URL', { schemes: ['postgres'], doc: 'Where the data live.' }),
  level: choice('LEVEL', { values: ['info', 'debug'], fallback: 'info', doc: 'Log level.' }),
  key: secret('KEY', { doc: 'Signs.' }),
}
const good = { DATABASE_URL: 'postgres://localhost/x', KEY: 'k'.repeat(32) }

test('reads every field, takes fallbacks, and freezes the result', () => {
  const settings = readConfig(spec, { ...good, PORT: '8080' })
  expect(settings).toEqual({ port: 8080, databaseUrl: good.DATABASE_URL, level: 'info', key: good.KEY })
  expect(Object.isFrozen(settings)).toBe(true)
})

test('names every problem at once and shows no secret', () => {
  const environment = {
    PORT: '-1',
    DATABASE_URL: 'mysql://hunter2@x',
    LEVEL: 'loud',
    KEY: 'hunter2',
    OWN_TYPO: '1',
  }
  let problems: readonly string[] = []
  try {
    readConfig(spec, environment, { ownPrefix: 'OWN_' })
  } catch (error) {
    if (error instanceof ConfigError) problems = error.problems
  }
  expect(problems).toHaveLength(5)
  expect(problems.join()).not.toContain('hunter2')
  expect(problems.join()).toContain('OWN_TYPO is not a setting')
})
