import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const EXAMPLE = join(import.meta.dirname, '../test/example/prisma')

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'repository-'))
  mkdirSync(join(root, 'subgraphs/visitors'), { recursive: true })
  cpSync(EXAMPLE, join(root, 'subgraphs/visitors/prisma'), { recursive: true })
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function cli(args: string[], databaseUrl = process.env.HEADCOUNT_TEST_POSTGRES) {
  const env = { ...process.env, DATABASE_URL: databaseUrl }
  const command = [join(import.meta.dirname, 'cli.ts'), '--root', root, ...args]
  return spawnSync(process.execPath, command, { encoding: 'utf8', env })
}

function plantChange(): void {
  const file = join(root, 'subgraphs/visitors/prisma/schema.prisma')
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('  @@map("person")', '  nickname String?\n  @@map("person")'),
  )
}

test('check passes, then fails on a change without a migration and shows its SQL, then passes with the new one', () => {
  expect(cli(['check'])).toMatchObject({ status: 0, stdout: 'visitors: ok\n' })
  plantChange()
  const failed = cli(['check'])
  expect(failed.status).toBe(1)
  expect(failed.stdout).toContain('ADD COLUMN     "nickname" TEXT')
  expect(cli(['new', 'visitors', 'add_nickname'])).toMatchObject({ status: 0 })
  expect(cli(['check', 'visitors'])).toMatchObject({ status: 0 })
})

test('without a server it starts one for the work and leaves nothing of it', () => {
  expect(cli(['check'], '')).toMatchObject({ status: 0, stdout: 'visitors: ok\n', stderr: '' })
})

test('help names the commands', () => {
  const { status, stdout } = cli(['--help'])
  expect(status).toBe(0)
  expect(stdout).toContain('pnpm db:migrate:new SERVICE NAME')
})

test.each([
  { args: [], says: 'A command is missing' },
  { args: ['drop'], says: 'There is no command "drop"' },
  { args: ['check', 'nobody'], says: 'There is no service "nobody" with a database; there are: visitors' },
  { args: ['check', '../x'], says: 'There is no service "../x"' },
  { args: ['new', 'visitors'], says: 'new takes SERVICE and NAME' },
  { args: ['new', 'visitors', '../../x'], says: 'NAME is "../../x"' },
  { args: ['check', '--all'], says: "Unknown option '--all'" },
])('the call $args is refused with exit code 2', ({ args, says }) => {
  const { status, stderr } = cli(args)
  expect(stderr).toContain(says)
  expect(status).toBe(2)
})

test('a server that cannot be reached is one line and exit code 1', () => {
  const { status, stderr } = cli(['check'], 'postgres://me:secret@127.0.0.1:9/x')
  expect(status).toBe(1)
  expect(stderr).toBe(
    'Cannot use the database "x" at 127.0.0.1:9 as "me": connect ECONNREFUSED 127.0.0.1:9\n',
  )
})
