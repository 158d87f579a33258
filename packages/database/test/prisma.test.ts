import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase, type Statement } from '../src/index.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'

const EXAMPLE = join(import.meta.dirname, 'example')
const CLIENT = join(EXAMPLE, 'src/generated/prisma/client.ts')

/** What these tests use of the generated client, which does not exist yet when types are checked. */
interface ExampleClient {
  person: {
    create(args: object): Promise<{ id: string; createdAt: Date }>
    findMany(args: object): Promise<{ id: string; visits: { sequence: bigint }[] }[]>
  }
  $transaction<T>(work: (tx: ExampleClient) => Promise<T>): Promise<T>
  $disconnect(): Promise<void>
}

let server: TestDatabase
let database: Database
let prisma: ExampleClient

beforeAll(async () => {
  generate()
  server = await createTestDatabase(join(EXAMPLE, 'prisma'))
  database = openDatabase({ url: server.url, maxConnections: 3, applicationName: 'prisma-test' })
  const { PrismaClient } = (await import(CLIENT)) as {
    PrismaClient: new (options: { adapter: unknown }) => ExampleClient
  }
  prisma = new PrismaClient({ adapter: database.adapter })
})

afterAll(async () => {
  await database.close()
  await server.drop()
})

function generate(): void {
  if (
    existsSync(CLIENT) &&
    statSync(CLIENT).mtimeMs > statSync(join(EXAMPLE, 'prisma/schema.prisma')).mtimeMs
  )
    return
  const settings = {
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const prismaCli = join(import.meta.dirname, '../node_modules/prisma/build/index.js')
  const env = { ...process.env, ...settings }
  execFileSync(process.execPath, [prismaCli, 'generate'], { cwd: EXAMPLE, env, stdio: 'pipe' })
}

async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const heard: Statement[] = []
  const stop = database.onStatement((statement) => void heard.push(statement))
  await work()
  stop()
  return heard
}

test('the statements that Prisma sends are counted, whatever the number of rows', async () => {
  for (const id of ['a', 'b', 'c']) {
    const visits = { create: [{ id: `${id}1`, sequence: 1 }] }
    await prisma.person.create({ data: { id, organizationId: 'org_1', name: id, visits } })
  }
  const one = await statementsOf(() => prisma.person.findMany({ take: 1, include: { visits: true } }))
  const all = await statementsOf(async () => {
    const people = await prisma.person.findMany({ include: { visits: true } })
    expect(people.map(({ visits }) => visits.map(({ sequence }) => sequence))).toEqual([[1n], [1n], [1n]])
  })
  expect(one.length).toBeGreaterThan(0)
  expect(all.map(({ kind }) => kind)).toEqual(one.map(({ kind }) => kind))
  expect(all.every(({ sql }) => sql.startsWith('SELECT'))).toBe(true)
})

test("the BEGIN and COMMIT of Prisma's transactions are told apart from its queries", async () => {
  const heard = await statementsOf(() =>
    prisma.$transaction(async (tx) => {
      const { createdAt } = await tx.person.create({ data: { id: 'd', organizationId: 'org_1', name: 'd' } })
      expect(createdAt).toBeInstanceOf(Date)
    }),
  )
  const control = heard.filter(({ kind }) => kind === 'control').map(({ sql }) => sql)
  expect(control).toEqual(['BEGIN', 'COMMIT'])
  expect(heard.filter(({ kind }) => kind === 'query').map(({ sql }) => sql.slice(0, 6))).toEqual(['INSERT'])
})

test('Prisma and plain SQL share one bounded pool, which stays open when the client disconnects', async () => {
  await Promise.all(
    Array.from({ length: 10 }, () => [prisma.person.findMany({}), database.query('SELECT 1')]).flat(),
  )
  expect(database.pool.totalCount).toBe(3)
  await prisma.$disconnect()
  await database.ping()
})
