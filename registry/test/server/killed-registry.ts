// A registry that ends itself as by `kill -9` at a chosen moment of the next publish.
import { Worker } from 'node:worker_threads'
import { openDatabase } from '@headcount/database'
import { pino } from 'pino'
import { createRegistry } from '../../src/server/registry.ts'
import { adminToken, serveRegistry } from './serve-registry.ts'

/** What the test tells it. */
export interface Arm {
  /**
   * `base`: when what is live is read; `composing`: while the judge works; a number: before the statement with that number of
   * the transaction that stores the version, and beyond its end those that come after the commit.
   */
  killAt: 'base' | 'composing' | number
  /** SIGSTOP = it stands still instead, and holds what it holds. Default: SIGKILL. */
  signal?: 'SIGSTOP'
}

let armed: Arm['killAt'] | undefined
let signal: NodeJS.Signals = 'SIGKILL'
let inTransaction = -1

function end(): void {
  process.kill(process.pid, signal)
}

/** The judge has just been given its work. */
const { postMessage } = Worker.prototype
Worker.prototype.postMessage = function (...message: Parameters<typeof postMessage>) {
  postMessage.apply(this, message)
  if (armed === 'composing') setImmediate(end)
}

function hear({ sql }: { sql: string }): void {
  // Those of the connection that listens come at any time.
  if (armed === undefined || sql.includes('l.contracts AS contracts_revision, v.supergraph_hash')) return
  const isBase = sql.includes('AS api_schema')
  if (isBase && armed === 'base') end()
  if (sql.includes('FOR UPDATE')) inTransaction = 0
  if (inTransaction < 0) return
  if (inTransaction === armed) end()
  inTransaction += 1
  process.send?.({ statement: sql.trim().split('\n', 1)[0], number: inTransaction })
}

const [databaseUrl = ''] = process.argv.slice(2)
const database = openDatabase({ url: databaseUrl, onStatement: hear })
const registry = await createRegistry({ database, log: pino({ level: 'silent' }), adminToken })
const { url } = await serveRegistry(registry)
process.on('message', ({ killAt, signal: other }: Arm) => {
  armed = killAt
  signal = other ?? 'SIGKILL'
  process.send?.({ isArmed: true })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ url })
