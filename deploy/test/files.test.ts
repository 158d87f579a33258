import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { analyticsSettings } from '@headcount/analytics/config'
import { authSettings } from '@headcount/auth/config'
import { readConfig } from '@headcount/config'
import { eventsSettings } from '@headcount/events/config'
import { gatesSettings } from '@headcount/gates/config'
import { participantsSettings } from '@headcount/participants/config'
import { registrySettings } from '@headcount/registry/config'
import { commonSettings } from '@headcount/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { platformSettings } from '../../platform/src/config.ts'
import { readEnv } from './read-env.ts'
import { mandatoryNames, readCompose, readDockerfile } from './read-files.ts'

const specs = [
  platformSettings,
  authSettings,
  eventsSettings,
  participantsSettings,
  gatesSettings,
  analyticsSettings,
  registrySettings,
]
const makeEnv = fileURLToPath(new URL('../make-env.sh', import.meta.url))
let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headcount-deploy-'))
  file = join(folder, '.env')
  execFileSync(makeEnv, [file])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const headcount = () => readCompose(readEnv(file)).services['headcount']?.environment ?? {}

test('make-env.sh gives each name that compose.yaml demands a secret of its own, and nothing else', () => {
  const values = readEnv(file)
  expect(Object.keys(values).sort()).toEqual(mandatoryNames())
  expect(new Set(Object.values(values)).size).toBe(mandatoryNames().length)
  for (const value of Object.values(values)) expect(value).toMatch(/^s[0-9a-f]{64}$/)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('make-env.sh leaves secrets that are there as they are', () => {
  const before = readFileSync(file, 'utf8')
  const { status, stderr } = spawnSync(makeEnv, [file], { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toContain('stays as it is')
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('every name that compose.yaml gives the platform is a setting', () => {
  const known = new Set(
    [...specs, commonSettings].flatMap((spec) => Object.values(spec)).map(({ name }) => name),
  )
  expect(Object.keys(headcount()).filter((name) => !known.has(name))).toEqual([])
})

test('the platform and each service accept what compose.yaml gives them', () => {
  for (const spec of specs) readConfig(spec, headcount())
  // As it is with a process a service.
  readConfig(commonSettings, { ...headcount(), PORT: '0' })
})

test('whatever must be secret comes from the environment: no secret stands in compose.yaml', () => {
  const isSecret = /password|secret|auth$|_url/i
  const entries = Object.values(readCompose().services).flatMap(({ environment = {} }) =>
    Object.entries(environment),
  )
  const secrets = entries.filter(([name]) => isSecret.test(name))
  expect(secrets.length).toBeGreaterThan(15)
  for (const [name, value] of secrets) {
    const word = /^\w+:\/\//.test(value) ? /:([^:@]*:\?[^@]*)@/.exec(value)?.[1] : value
    expect(word, name).toMatch(/^\$\{\w+:\?run deploy\/make-env\.sh\}$/)
  }
})

test('only the platform is reachable from outside, by default from this machine alone', () => {
  const { services, networks } = readCompose({ ...readEnv(file) })
  for (const [name, service] of Object.entries(services)) {
    expect(service.ports, name).toEqual(name === 'headcount' ? ['127.0.0.1:4000:4000'] : undefined)
    expect(service.networks, name).toEqual(name === 'headcount' ? ['public', 'private'] : ['private'])
  }
  expect(networks['private']?.internal).toBe(true)
})

test('each part is started again, is looked after, and is there before the platform starts', () => {
  const { headcount: platform, ...parts } = readCompose().services
  for (const [name, { restart, healthcheck }] of Object.entries(parts)) {
    expect(restart, name).toBe('unless-stopped')
    expect(healthcheck?.test.length, name).toBeGreaterThan(1)
    expect(platform?.depends_on?.[name], name).toEqual({ condition: 'service_healthy' })
  }
  expect(platform?.restart).toBe('unless-stopped')
})

test('the image runs the platform as an ordinary user and says whether it is ready', () => {
  const { entrypoint, command, healthcheck, users } = readDockerfile()
  expect(users).toEqual(['node'])
  expect([...entrypoint, ...command]).toEqual([
    'node',
    '--min-semi-space-size=16',
    '--max-semi-space-size=64',
    '/app/platform/src/main.ts',
    'up',
    '--host',
    '0.0.0.0',
  ])
  expect(healthcheck.at(-1)).toContain('/health/ready')
})
