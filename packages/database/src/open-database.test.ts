import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSilentServer } from '../test/silent-server.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { type Database, type OpenDatabaseOptions, openDatabase } from './open-database.ts'
import { withClient } from './server-databases.ts'
import type { Statement } from './statement.ts'

let server: TestDatabase

beforeAll(async () => {
  server = await createTestDatabase()
})

afterAll(async () => {
  await server.drop()
})

async function withDatabase(
  options: Partial<OpenDatabaseOptions>,
  work: (database: Database) => Promise<void>,
) {
  const database = openDatabase({ url: server.url, ...options })
  try {
    await work(database)
  } finally {
    await database.close()
  }
}

test('no more connections are opened than allowed', async () => {
  await withDatabase({ maxConnections: 3, applicationName: 'bounded' }, async (database) => {
    await Promise.all(Array.from({ length: 20 }, () => database.query('SELECT pg_sleep(0.01)')))
    const [row] = await withClient(server.url, async (client) => {
      const sql = `SELECT count(*)::int AS open FROM pg_stat_activity WHERE application_name = 'bounded'`
      return (await client.query(sql)).rows
    })
    expect(row).toEqual({ open: 3 })
  })
})

test('who waits for a connection longer than two seconds is told so', async () => {
  await withDatabase({ maxConnections: 1 }, async (database) => {
    const held = database.query('SELECT pg_sleep(2.5)')
    const start = performance.now()
    await expect(database.query('SELECT 1')).rejects.toThrow('timeout')
    expect(performance.now() - start).toBeLessThan(2_000)
    await held
  })
})

test('a statement that takes too long is ended by the server, and the connection is used again', async () => {
  await withDatabase({ maxConnections: 1, statementTimeoutMs: 100 }, async (database) => {
    await expect(database.query('SELECT pg_sleep(10)')).rejects.toMatchObject({ code: '57014' })
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

test('the loss of all connections is reported, and the next statement gets a new one', async () => {
  const warnings: unknown[] = []
  const log = { warn: (fields: unknown) => void warnings.push(fields) }
  await withDatabase({ applicationName: 'lost', log }, async (database) => {
    await Promise.all([database.ping(), database.ping()])
    const end = `SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE application_name = 'lost'`
    await withClient(server.url, (client) => client.query(end))
    await expect.poll(() => warnings.length).toBeGreaterThan(0)
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

test('a database that is not there is named by ping within two seconds, and no password with it', async () => {
  await withDatabase({ url: 'postgres://me:secret@localhost:9/events' }, async (database) => {
    const start = performance.now()
    await expect(database.ping()).rejects.toThrow(
      /^Cannot use the database "events" at localhost:9 as "me": connect ECONNREFUSED [\d.:]+$/,
    )
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

test('a server that accepts and then is silent does not hold up ping', async () => {
  const silent = await listen(createServer(() => {}))
  await withDatabase({ url: `postgres://me:secret@127.0.0.1:${silent.port}/events` }, async (database) => {
    const start = performance.now()
    await expect(database.ping()).rejects.toThrow('Cannot use the database "events"')
    expect(performance.now() - start).toBeLessThan(4_000)
  })
  silent.server.close()
})

test('a server that falls silent later does not hold up ping, and its connection is given up', async () => {
  const way = await openSilentServer(server.url)
  await withDatabase({ url: way.url, maxConnections: 1 }, async (database) => {
    await database.ping()
    way.fallSilent()
    const start = performance.now()
    await expect(database.ping()).rejects.toThrow('Cannot use the database')
    expect(performance.now() - start).toBeLessThan(4_000)
    await database.ping()
  })
  way.close()
})

test('a statement to a silent server fails after its timeout and a little, alone or in a transaction', async () => {
  const way = await openSilentServer(server.url)
  await withDatabase({ url: way.url, maxConnections: 2, statementTimeoutMs: 100 }, async (database) => {
    const start = performance.now()
    const transaction = database.transaction(async (tx) => {
      await tx.query('SELECT 1')
      way.fallSilent()
      await expect(tx.query('SELECT 2')).rejects.toThrow('timeout')
      await tx.query('SELECT 3')
    })
    await expect(transaction).rejects.toThrow('timeout')
    expect(performance.now() - start).toBeLessThan(3_000)
    await database.ping()
    way.fallSilent()
    await expect(database.query('SELECT 1')).rejects.toThrow('timeout')
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
  way.close()
})

test('reads go to the replica when there is one, everything else to the primary', async () => {
  const replica = await createTestDatabase()
  const name = 'SELECT current_database() AS name'
  const seen: Statement['server'][] = []
  const onStatement = (statement: Statement) => void seen.push(statement.server)
  await withDatabase({ replicaUrl: replica.url, onStatement }, async (database) => {
    const [primaryRow] = await database.query(name)
    const [replicaRow] = await database.read(name)
    expect(server.url).toContain(primaryRow?.name)
    expect(replica.url).toContain(replicaRow?.name)
    expect(seen).toEqual(['primary', 'replica'])
  })
  await replica.drop()
})

test('without a replica reads go to the primary', async () => {
  await withDatabase({}, async (database) => {
    expect(await database.read('SELECT $1::text AS text', ['x'])).toEqual([{ text: 'x' }])
  })
})

test('a listener hears every statement until it is taken away', async () => {
  await withDatabase({}, async (database) => {
    const heard: Statement[] = []
    const stop = database.onStatement((statement) => void heard.push(statement))
    await database.transaction((tx) => tx.query('SELECT $1::int AS one', [1]))
    stop()
    await database.query('SELECT 2')
    expect(heard.map(({ kind, sql }) => `${kind}: ${sql}`)).toEqual([
      'control: BEGIN ISOLATION LEVEL READ COMMITTED',
      'query: SELECT $1::int AS one',
      'control: COMMIT',
    ])
  })
})

test('closing twice is closing once', async () => {
  const database = openDatabase({ url: server.url })
  await database.ping()
  await Promise.all([database.close(), database.close()])
  await expect(database.ping()).rejects.toThrow()
})

async function listen(tcp: Server): Promise<{ server: Server; port: number }> {
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const address = tcp.address()
  return { server: tcp, port: typeof address === 'object' && address ? address.port : 0 }
}

test('with plansByIndex nothing is read whole, not even to be joined', async () => {
  const joined = 'EXPLAIN SELECT * FROM places AS one JOIN places AS other ON other.id = md5(one.id)'
  const plan = async (database: Database) => JSON.stringify(await database.query(joined))
  await withDatabase({}, async (database) => {
    await database.query(
      'CREATE TABLE places AS SELECT md5(n::text) AS id FROM generate_series(1, 5000) AS n',
    )
    await database.query('CREATE UNIQUE INDEX ON places (id)')
    await database.query('ANALYZE places')
    expect(await plan(database)).toMatch(/Hash Join|Merge Join/)
  })
  await withDatabase({ plansByIndex: true }, async (database) => {
    expect(await plan(database)).toMatch(/Nested Loop.*Index Cond/)
  })
})
