import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { ClientNames } from '../../client-names.ts'
import type { OperationRun } from '../../exchange.ts'

/** Documents and clients that are told apart; each is told once. */
const keptDocuments = 1_000
/** Lines in a minute at most: whoever sends ever new documents fills no disk. */
const linesPerMinute = 60
const minuteMs = 60_000

/** Tells of documents that ran although nobody trusts them: each once a client, by its hash and name, never its text. */
export class UntrustedLog {
  private readonly log: Logger
  private readonly clients: ClientNames
  private readonly told = new LRUCache<string, true>({ max: keptDocuments })
  private windowBeganMs = Number.NEGATIVE_INFINITY
  private lines = 0

  constructor(log: Logger, clients: ClientNames) {
    this.log = log
    this.clients = clients
  }

  add(run: OperationRun): void {
    const { operation } = run
    if (!operation) return
    const { name: client, version } = this.clients.ofRun(run)
    const key = `${operation.key}\n${client}\n${version}`
    if (this.told.has(key)) return
    this.told.set(key, true)
    if (!this.hasRoom()) return
    const [document] = operation.key.split(':', 1)
    const name = operation.definition.name?.value
    this.log.warn(
      { document, operation: name, client, version },
      'a document ran that is not trusted; a locked gateway refuses it',
    )
  }

  private hasRoom(): boolean {
    const now = performance.now()
    if (now - this.windowBeganMs >= minuteMs) {
      this.windowBeganMs = now
      this.lines = 0
    }
    this.lines += 1
    return this.lines <= linesPerMinute
  }
}
