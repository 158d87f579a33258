import type { Database, Transaction } from '@headcount/database'
import { type Deed, noteDeed } from '../audit.ts'
import type { JudgedVersion } from '../judge/judge-version.ts'
import { changesChannel } from '../live/follow-changes.ts'
import { hashOf } from '../live/live-state.ts'
import { lockLive } from '../live/lock-live.ts'
import type { Draft } from './draft.ts'
import type { Base } from './read-base.ts'

/** A version that is judged and is to be stored. */
export interface JudgedDraft {
  readonly draft: Draft
  readonly base: Base
  readonly judged: JudgedVersion
  readonly by: string
  readonly at: Date
}

/** More changes than these are only counted. */
const storedChanges = 1_000

/**
 * Stores a version, and makes it the live one if it composes, in one transaction: all of it or nothing. Answers its number;
 * undefined when what is live, or the contracts, have changed since the version was judged, and nothing was stored.
 */
export function storeVersion(database: Database, version: JudgedDraft): Promise<number | undefined> {
  return database.transaction(async (tx) => {
    const live = await lockLive(tx)
    const { base } = version
    if (live.number !== base.number || live.contracts !== base.contractsRevision) return undefined
    // Only now: the statement above may have seen the other tables as they were before it had the lock.
    const [last] = await tx.query<{ next: number }>(
      'SELECT coalesce(max(number), 0) + 1 AS next FROM versions',
    )
    const number = last?.next ?? 1
    insertTexts(tx, version)
    insertVersion(tx, number, version)
    insertSubgraphs(tx, number, version.draft)
    if (!version.judged.errors) {
      storeContracts(tx, number, version.judged)
      makeLive(tx, number, version.at)
    }
    noteDeed(tx, deedOf(number, version))
    tx.send(`NOTIFY ${changesChannel}`)
    return number
  })
}

function insertTexts(tx: Transaction, { draft, judged }: JudgedDraft): void {
  const texts = draft.subgraphs.map(({ sdl }) => sdl)
  if (!judged.errors) {
    texts.push(judged.supergraph, judged.apiSchema)
    for (const { outcome } of judged.contracts) {
      if (!outcome.errors) texts.push(outcome.supergraph, outcome.apiSchema)
    }
  }
  // In one order everywhere, so that two transactions do not wait for each other.
  const byHash = [...new Map(texts.map((text) => [hashOf(text), text]))].sort(([a], [b]) => (a < b ? -1 : 1))
  tx.send(
    'INSERT INTO texts (hash, text) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING',
    [byHash.map(([hash]) => hash), byHash.map(([, text]) => text)],
  )
}

function insertVersion(tx: Transaction, number: number, { draft, judged, base, by, at }: JudgedDraft): void {
  const changes = judged.errors ? [] : judged.changes
  const count = (level: string) => changes.filter((change) => change.level === level).length
  tx.send(
    `INSERT INTO versions (number, at, kind, by, author, commit, message, changed, composes, supergraph_hash, api_hash,
                           rolls_back_to, base, breaking, dangerous, safe, error_count, errors, hints, changes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      number,
      at,
      draft.kind,
      by,
      draft.author,
      draft.commit,
      draft.message,
      draft.changed,
      !judged.errors,
      judged.errors ? null : hashOf(judged.supergraph),
      judged.errors ? null : hashOf(judged.apiSchema),
      draft.rollsBackTo,
      base.number,
      count('breaking'),
      count('dangerous'),
      count('safe'),
      judged.errors?.length ?? 0,
      json(judged.errors ?? []),
      json(judged.errors ? [] : judged.hints),
      json(changes.slice(0, storedChanges)),
    ],
  )
}

function insertSubgraphs(tx: Transaction, number: number, { subgraphs }: Draft): void {
  tx.send(
    `INSERT INTO version_subgraphs (number, name, url, schema_hash, file, since)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[])`,
    [
      number,
      subgraphs.map(({ name }) => name),
      subgraphs.map(({ url }) => url),
      subgraphs.map(({ hash }) => hash),
      subgraphs.map(({ file }) => file),
      subgraphs.map(({ since }) => since ?? number),
    ],
  )
}

type GoodVersion = Extract<JudgedVersion, { readonly supergraph: string }>

/** A contract that does not work with this version goes on serving what it served. */
function storeContracts(tx: Transaction, number: number, { contracts }: GoodVersion): void {
  for (const { name, outcome } of contracts) {
    const hashes = outcome.errors ? [null, null] : [hashOf(outcome.supergraph), hashOf(outcome.apiSchema)]
    tx.send(
      'INSERT INTO version_contracts (number, name, supergraph_hash, api_hash, errors) VALUES ($1, $2, $3, $4, $5)',
      [number, name, ...hashes, json(outcome.errors ?? [])],
    )
    if (outcome.errors) continue
    tx.send('UPDATE contracts SET served_number = $1, supergraph_hash = $3, api_hash = $4 WHERE name = $2', [
      number,
      name,
      ...hashes,
    ])
  }
}

function makeLive(tx: Transaction, number: number, at: Date): void {
  tx.send('INSERT INTO live_times (number, since) VALUES ($1, $2)', [number, at])
  tx.send('UPDATE live SET number = $1, since = $2 WHERE id = 1', [number, at])
}

function deedOf(number: number, { draft, judged, by, at }: JudgedDraft): Deed {
  const done = draft.kind === 'rollback' ? 'version.rolled-back' : 'version.published'
  const { changed, message, commit, author, rollsBackTo } = draft
  return {
    at,
    by,
    action: judged.errors ? 'version.refused' : done,
    subject: String(number),
    details: { kind: draft.kind, changed, message, commit, author, rollsBackTo },
  }
}

/** Postgres keeps no NUL, which a literal of a schema may name. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('\\u0000', '\\ufffd')
}
