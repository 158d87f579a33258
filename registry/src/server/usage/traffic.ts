import { compileVariableCoordinates } from '@headcount/coordinates'
import type { Database } from '@headcount/database'
import { buildSchema, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from 'graphql'
import type { Traffic, TrafficOperation } from '../../weighing/evidence.ts'
import { mapInSlices } from '../in-slices.ts'
import { liveSchema } from '../live/live-schema.ts'
import { readSince } from './traffic-since.ts'
import type { UsageParts } from './usage-parts.ts'
import { windowOfDays } from './window.ts'

interface AskedRow extends Omit<TrafficOperation, 'hasAllInputs' | 'clients'> {}

interface ClientRow {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly requests: number
  readonly lastSeenAt: Date
}

/** What a check weighs a change by: every operation that was asked in the last days, what it uses, and by whom. */
export async function trafficFor(
  { days }: { readonly days: number },
  parts: Pick<UsageParts, 'database' | 'now' | 'live'>,
): Promise<Traffic> {
  const { database } = parts
  const { since } = windowOfDays(days, parts.now())
  const [asked, clients, begin] = await Promise.all([
    readAsked(database, since),
    readClients(database, since),
    readSince(database, since),
  ])
  const live = liveSchema(parts.live)
  const schema = live && buildSchema(live.sdl, { assumeValid: true })
  const byOperation = Map.groupBy(clients, ({ id }) => id)
  const withRequests = asked.filter(({ id }) => byOperation.has(id))
  return {
    ...{ days, since: begin?.toISOString() ?? null },
    operations: await mapInSlices(withRequests, (row) => ({
      ...row,
      hasAllInputs: bringsNothing(row.text, schema),
      clients: (byOperation.get(row.id) ?? []).map(({ id: _, lastSeenAt, ...client }) => ({
        ...client,
        lastSeenAt: lastSeenAt.toISOString(),
      })),
    })),
  }
}

/** Requests of the window that found no room and so are in no traffic. */
export async function uncountedRequests(
  { days }: { readonly days: number },
  { database, now }: Pick<UsageParts, 'database' | 'now'>,
): Promise<number> {
  const [row] = await database.read<{ requests: number }>(
    'SELECT coalesce(sum(requests), 0)::bigint AS requests FROM usage_uncounted WHERE begin >= $1',
    [windowOfDays(days, now()).since],
  )
  return row?.requests ?? 0
}

function readAsked(database: Database, since: Date): Promise<AskedRow[]> {
  return database.read<AskedRow>(
    `SELECT id, name, text, document_id AS "documentId",
            ARRAY(SELECT coordinate FROM operation_coordinates WHERE operation_id = id AND NOT is_input) AS coordinates,
            ARRAY(SELECT coordinate FROM operation_coordinates AS used
                   WHERE operation_id = id AND is_input AND used.last_seen_at >= $1) AS inputs
       FROM operations WHERE last_seen_at >= $1 AND text IS NOT NULL`,
    [since],
  )
}

/** A month of 2,000 operations and 50 clients is 3 million rows: with the usual memory the server sums them up on disk. */
function readClients(database: Database, since: Date): Promise<ClientRow[]> {
  return database.transaction(async (tx) => {
    tx.send("SET LOCAL work_mem = '64MB'")
    return await tx.query<ClientRow>(
      `SELECT operation_id AS id, client_name AS name, client_version AS version, sum(requests)::bigint AS requests,
              max(last_seen_at) AS "lastSeenAt"
         FROM usage_counts WHERE begin >= $1 GROUP BY operation_id, client_name, client_version`,
      [since],
    )
  })
}

/** Whether an operation's variables can bring no input field and no enum value. Gateways look at a sample of them. */
function bringsNothing(text: string, schema: GraphQLSchema | undefined): boolean {
  if (!text.includes('$')) return true
  if (!schema) return false
  const operation = parse(text, { noLocation: true }).definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  )
  return operation !== undefined && compileVariableCoordinates(schema, operation) === undefined
}
