import type { Database, Transaction } from '@headcount/database'
import type { Contract, ContractSummary } from '@headcount/registry-api'
import { noteDeed } from '../audit.ts'
import { changesChannel } from '../live/follow-changes.ts'
import { hashOf } from '../live/live-state.ts'
import { lockLive } from '../live/lock-live.ts'
import type { ContractOutcome } from './apply-contract.ts'

/** What is live, as far as a contract goes. */
export interface ContractBase {
  readonly number: number | null
  readonly revision: number
  readonly supergraph: string | undefined
}

/** Who changes a contract, and when. */
export interface By {
  readonly by: string
  readonly at: Date
}

/** Reads what a contract is to be applied to. */
export async function readContractBase(database: Database): Promise<ContractBase> {
  const [row] = await database.query<{ number: number | null; contracts: number; text: string | null }>(
    `SELECT l.number, l.contracts, t.text FROM live l
       LEFT JOIN versions v ON v.number = l.number LEFT JOIN texts t ON t.hash = v.supergraph_hash
      WHERE l.id = 1`,
  )
  return { number: row?.number ?? null, revision: row?.contracts ?? 0, supergraph: row?.text ?? undefined }
}

/** All contracts, or the one of a name. */
export function readContracts(database: Database, name?: string): Promise<ContractSummary[]> {
  return database.query<ContractSummary>(
    `SELECT c.name, c.include, c.exclude, c.hides_unreachable AS "hidesUnreachable",
            c.served_number AS "servedVersion", c.supergraph_hash AS hash, coalesce(o.errors, '[]') AS errors
       FROM contracts c CROSS JOIN live l
       LEFT JOIN version_contracts o ON o.name = c.name AND o.number = l.number
      WHERE l.id = 1 AND ($1::text IS NULL OR c.name = $1) ORDER BY c.name`,
    [name ?? null],
  )
}

/** What is stored of a contract. */
export interface ContractChange {
  readonly contract: Contract
  readonly base: ContractBase
  /** Undefined = nothing is live. */
  readonly outcome: ContractOutcome | undefined
}

/** Stores it in one transaction; false = what is live has changed since, and nothing was stored. */
export function storeContract(database: Database, change: ContractChange, { by, at }: By): Promise<boolean> {
  const { contract, base, outcome } = change
  return database.transaction(async (tx) => {
    const live = await lockLive(tx)
    if (live.number !== base.number || live.contracts !== base.revision) return false
    const { name, include, exclude, hidesUnreachable } = contract
    tx.send(
      `INSERT INTO contracts (name, include, exclude, hides_unreachable) VALUES ($1, $2, $3, $4)
       ON CONFLICT (name) DO UPDATE SET include = $2, exclude = $3, hides_unreachable = $4`,
      [name, include, exclude, hidesUnreachable],
    )
    if (outcome && base.number !== null) storeOutcome(tx, { name, number: base.number, outcome })
    noteChange(tx, { at, by, action: 'contract.changed', subject: name, details: { ...contract } })
    return true
  })
}

/** Removes it; false = there is none. */
export function removeContract(database: Database, name: string, { by, at }: By): Promise<boolean> {
  return database.transaction(async (tx) => {
    await lockLive(tx)
    const removed = await tx.query('DELETE FROM contracts WHERE name = $1 RETURNING name', [name])
    if (removed.length === 0) return false
    noteChange(tx, { at, by, action: 'contract.removed', subject: name })
    return true
  })
}

function storeOutcome(
  tx: Transaction,
  { name, number, outcome }: { name: string; number: number; outcome: ContractOutcome },
): void {
  const texts = outcome.errors ? [] : [outcome.supergraph, outcome.apiSchema]
  const [supergraphHash = null, apiHash = null] = texts.map(hashOf)
  tx.send(
    'INSERT INTO texts (hash, text) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING',
    [texts.map(hashOf), texts],
  )
  tx.send(
    `INSERT INTO version_contracts (number, name, supergraph_hash, api_hash, errors) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (number, name) DO UPDATE SET supergraph_hash = $3, api_hash = $4, errors = $5`,
    [number, name, supergraphHash, apiHash, JSON.stringify(outcome.errors ?? [])],
  )
  if (outcome.errors) return
  tx.send('UPDATE contracts SET served_number = $2, supergraph_hash = $3, api_hash = $4 WHERE name = $1', [
    name,
    number,
    supergraphHash,
    apiHash,
  ])
}

function noteChange(tx: Transaction, deed: Parameters<typeof noteDeed>[1]): void {
  tx.send('UPDATE live SET contracts = contracts + 1 WHERE id = 1')
  noteDeed(tx, deed)
  tx.send(`NOTIFY ${changesChannel}`)
}
