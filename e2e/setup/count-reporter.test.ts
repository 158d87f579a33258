import { expect, test } from 'vitest'
import { runFixture } from './run-fixture.ts'

async function lines(name: string, env: Record<string, string> = {}) {
  const run = runFixture(name, env)
  const code = await run.ended
  const printed = run.output().trimEnd().split('\n')
  return { code, last: printed.at(-1), printed }
}

test.each([
  { name: 'mixed', last: '2 passed, 1 failed, 1 skipped', code: 1 },
  { name: 'skips', last: '1 passed, 0 failed, 1 skipped', code: 0 },
  { name: 'broken', last: '0 passed, 1 failed, 0 skipped', code: 1 },
  { name: 'before-all', last: '0 passed, 1 failed, 1 skipped', code: 1 },
  { name: 'stray', last: '1 passed, 1 failed, 0 skipped', code: 1 },
  { name: 'no-such', last: '0 passed, 1 failed, 0 skipped', code: 1 },
])(
  'the very last line of the run "$name" is "$last" and its exit code $code',
  async ({ name, last, code }) => {
    expect(await lines(name)).toMatchObject({ last, code })
  },
)

test('a run whose global setup fails does not end like one in which all is well', async () => {
  expect(await lines('skips', { FIXTURE_SETUP: './failing-setup.ts' })).toMatchObject({
    last: '0 passed, 1 failed, 0 skipped',
    code: 1,
  })
})

test('every skipped test is named with its reason', async () => {
  const { printed } = await lines('mixed')
  expect(printed.at(-2)).toBe(
    'skipped: mixed.fixture.ts > is skipped (no valkey-server: run "headcount servers fetch")',
  )
})

test('in CI a skipped test fails the run', async () => {
  const { code, printed } = await lines('skips', { CI: 'true' })
  expect(code).toBe(1)
  expect(printed.slice(-3)).toEqual([
    'skipped: skips.fixture.ts > is skipped without a word (no reason given)',
    'In CI nothing may be skipped: the run fails.',
    '1 passed, 0 failed, 1 skipped',
  ])
})
