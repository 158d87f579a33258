import { setTimeout as sleep } from 'node:timers/promises'
import type { PublishAnswer, PublishRequest, RollbackRequest } from '@headcount/registry-api'
import { type Caller, RegistryProblem } from '../endpoint.ts'
import type { RegistryMetrics } from '../metrics.ts'
import type { Parts } from '../parts.ts'
import type { TakeTurn } from '../turns.ts'
import { type Draft, draftPublish, draftRollback } from './draft.ts'
import { type Base, readBase, readSubgraphs } from './read-base.ts'
import { readPublishRequest, readRollbackRequest } from './read-publish-request.ts'
import { noVersion, readVersion } from './read-versions.ts'
import { storeVersion } from './store-version.ts'

/** Makes versions. */
export interface Publisher {
  /** The answer's version is live if it composes, else stored and refused. @throws RegistryProblem */
  publish(request: PublishRequest | unknown, caller: Caller): Promise<PublishAnswer>
  rollback(request: RollbackRequest | unknown, caller: Caller): Promise<PublishAnswer>
}

/** What a publisher needs beside the parts. */
export interface PublisherOptions extends Parts {
  readonly metrics: RegistryMetrics
  readonly takeTurn: TakeTurn
  /** Called with the number of a version that is live now. */
  readonly announce: ((version: number) => void) | undefined
}

/** Another process may be ahead so often, until it is told to who publishes. */
const attempts = 8
const longestPauseMs = 200

/** Makes a publisher. Composing happens outside of the transaction, and again when what is live has moved meanwhile. */
export function createPublisher(options: PublisherOptions): Publisher {
  const { takeTurn } = options
  return {
    publish: async (request, { name }) => {
      const given = readPublishRequest(request)
      return takeTurn(() => make(options, name, async (base) => draftPublish(given, base)))
    },
    rollback: async (request, { name }) => {
      const given = readRollbackRequest(request)
      return takeTurn(() => make(options, name, (base) => draftBack(options, given, base)))
    },
  }
}

async function draftBack({ database }: Parts, given: RollbackRequest, base: Base): Promise<Draft> {
  const { to, message } = given
  const old = await readSubgraphs(database.query, to)
  if (!old) throw noVersion(to)
  if (!old.composes) {
    throw new RegistryProblem(
      'NOT_COMPOSED',
      `Version ${to} does not compose, and was never live; name another.`,
    )
  }
  return draftRollback(base, old.subgraphs, { to, message })
}

async function make(
  options: PublisherOptions,
  by: string,
  draftOn: (base: Base) => Promise<Draft>,
): Promise<PublishAnswer> {
  const { database, judge } = options
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const base = await readBase(database.query)
    const draft = await draftOn(base)
    const same = draft.changed.length === 0 ? base.number : await refusedBefore(options, draft, base)
    if (same !== null)
      return { version: await readVersion(database, same), isUnchanged: same === base.number }
    const judged = await judge.run('version', { ...draft, base: comparable(base), contracts: base.contracts })
    const at = options.now()
    const number = await storeVersion(database, { draft, base, judged, by, at })
    if (number !== undefined) return afterCommit(options, number)
    await sleep(Math.random() * longestPauseMs)
  }
  throw new RegistryProblem(
    'CONFLICT',
    `What is live changed ${attempts} times while this was composed; publish it again.`,
  )
}

function comparable({ subgraphs, apiSchema }: Base) {
  return apiSchema === undefined ? undefined : { subgraphs, apiSchema }
}

/** The latest version, if it is this very draft, was refused, and nothing has changed since: somebody tries again. */
async function refusedBefore({ database }: Parts, draft: Draft, base: Base): Promise<number | null> {
  const [last] = await database.query<{ number: number }>(
    `SELECT number FROM (SELECT * FROM versions ORDER BY number DESC LIMIT 1) AS last
      WHERE NOT composes AND base IS NOT DISTINCT FROM $1::int`,
    [base.number],
  )
  const refused = last && (await readSubgraphs(database.query, last.number))
  if (!refused) return null
  const keyOf = (one: { name: string; url: string; hash: string }) => `${one.name} ${one.hash} ${one.url}`
  const before = refused.subgraphs.map(keyOf)
  const now = draft.subgraphs.map(keyOf)
  const isSame = before.length === now.length && now.every((key) => before.includes(key))
  return isSame ? last.number : null
}

async function afterCommit(options: PublisherOptions, number: number): Promise<PublishAnswer> {
  const { database, live, metrics, announce, log } = options
  const version = await readVersion(database, number)
  const { kind, composes, errors } = version
  metrics.published(kind, composes, errors)
  log.info(
    { version: number, kind, by: version.by, composes, changed: version.changed },
    'a version was made',
  )
  if (composes) {
    // This process shall have it before it says so.
    await live.refresh()
    announce?.(number)
  }
  return { version, isUnchanged: false }
}
