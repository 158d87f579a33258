import { operationCoordinates } from '@headcount/coordinates'
import type { BrokenOperation } from '@headcount/registry-api'
import { type DocumentNode, type GraphQLSchema, Kind, parse, validate } from 'graphql'
import type { ClientFilter } from './client-patterns.ts'
import type { PublishedDocument, Traffic, TrafficOperation, UsageEvidence } from './evidence.ts'
import { sendableCoordinates } from './sendable.ts'

/** An operation that somebody runs or may run, and what it uses of the base's API. */
export interface KnownOperation extends BrokenOperation {
  /** `query`, `mutation`, `subscription`: those of its document. */
  readonly kinds: readonly string[]
  /** Its syntax tree; undefined where it is not valid against the base, and nothing can be said of its validity. */
  readonly document: DocumentNode | undefined
  /** Whether its values stand in the document: what the head makes of them is seen by validating it. */
  readonly hasLiterals: boolean
  /** What its text uses. */
  readonly uses: ReadonlySet<string>
  /** What came in its variables, or could come where nobody knows: input types, their fields, values of enums. */
  readonly brings: ReadonlySet<string>
}

/** What is known, without the clients that do not count. */
export interface KnownOperations {
  readonly all: readonly KnownOperation[]
  /** Published documents that the base does not take: names, or ids. */
  readonly invalid: readonly string[]
}

/** By what evidence is prepared. */
export interface Preparation {
  /** The base's API. */
  readonly schema: GraphQLSchema
  readonly isExcluded: ClientFilter
  /** Whether something that changed is among what an operation uses: no other is validated, since there may be very many. */
  readonly isTouched: (uses: ReadonlySet<string>) => boolean
}

/** Prepares evidence for weighing. */
export function knownOperations(evidence: UsageEvidence, preparation: Preparation): KnownOperations {
  const { schema, isExcluded } = preparation
  const traffic = (evidence.traffic?.operations ?? []).flatMap((one) => withoutClients(one, isExcluded))
  const documents = evidence.documents.filter(({ client }) => !isExcluded(client))
  const asked = Map.groupBy(traffic, ({ documentId }) => documentId)
  const matched = new Set<TrafficOperation>()
  const published = [...byText(documents).values()].map((same) => {
    const runs = (asked.get(same[0].id) ?? []).filter((run) => isRunOf(run, same))
    for (const run of runs) matched.add(run)
    return publishedOperation(same, runs, schema)
  })
  const others = traffic.filter((one) => !matched.has(one)).map((one) => askedOperation(one, preparation))
  const invalid = published.filter(({ document }) => !document).map(({ name, id }) => name ?? id)
  return { all: [...published, ...others], invalid }
}

type Same = readonly [PublishedDocument, ...PublishedDocument[]]

/** The same document may be published by several clients. */
function byText(documents: readonly PublishedDocument[]): Map<string, Same> {
  const found = new Map<string, [PublishedDocument, ...PublishedDocument[]]>()
  for (const one of documents) {
    const key = `${one.id}\n${one.text}`
    const same = found.get(key)
    if (same) same.push(one)
    else found.set(key, [one])
  }
  return found
}

const isHash = /^[0-9a-f]{64}$/

/** An id that is no hash of the text means a document only together with its client. */
function isRunOf({ clients }: TrafficOperation, same: Same): boolean {
  const [{ id }] = same
  return isHash.test(id) || clients.some(({ name }) => same.some(({ client }) => client === name))
}

function withoutClients(operation: TrafficOperation, isExcluded: ClientFilter): TrafficOperation[] {
  const clients = operation.clients.filter(({ name, version }) => !isExcluded(name, version))
  return clients.length === 0 ? [] : [{ ...operation, clients }]
}

function publishedOperation(
  same: Same,
  runs: readonly TrafficOperation[],
  schema: GraphQLSchema,
): KnownOperation {
  const [{ id, name, text }] = same
  const askers = runs.flatMap(({ clients }) => clients)
  const silent = same.filter(({ client }) => !askers.some((asker) => asker.name === client))
  const isWholeKnown = runs.length > 0 && runs.every(({ hasAllInputs }) => hasAllInputs)
  const document = parseOrUndefined(text)
  return {
    ...{ source: 'published', id, name, hasLiterals: true },
    clients: [
      ...busiestFirst(askers),
      ...silent.map(({ client }) => ({ name: client, version: '', requests: 0, lastSeenAt: null })),
    ],
    kinds: kindsOf(document),
    document: document && isValid(schema, document) ? document : undefined,
    uses: document ? operationCoordinates(schema, document) : new Set(),
    brings: new Set([
      ...runs.flatMap(({ inputs }) => withTypes(inputs)),
      ...(document && !isWholeKnown ? sendableCoordinates(schema, document) : []),
    ]),
  }
}

function askedOperation(operation: TrafficOperation, { schema, isTouched }: Preparation): KnownOperation {
  const { id, name, text, coordinates, inputs, hasAllInputs, clients } = operation
  const document = parseOrUndefined(text)
  const uses = new Set(coordinates)
  const isUnknown = !hasAllInputs && inputs.length === 0
  return {
    ...{ source: 'traffic', id, name, hasLiterals: false },
    clients: busiestFirst(clients),
    kinds: kindsOf(document),
    document: document && isTouched(uses) && isValid(schema, document) ? document : undefined,
    uses,
    brings: new Set([
      ...withTypes(inputs),
      ...(document && isUnknown ? sendableCoordinates(schema, document) : []),
    ]),
  }
}

/** Who sends a field of an input sends the input. */
function withTypes(inputs: readonly string[]): string[] {
  return inputs.flatMap((coordinate) => [coordinate, coordinate.split('.', 1)[0] ?? coordinate])
}

function busiestFirst<Client extends { readonly requests: number }>(clients: readonly Client[]): Client[] {
  return clients.toSorted((a, b) => b.requests - a.requests)
}

function parseOrUndefined(text: string): DocumentNode | undefined {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

function isValid(schema: GraphQLSchema, document: DocumentNode): boolean {
  return validate(schema, document, undefined, { maxErrors: 1 }).length === 0
}

function kindsOf(document: DocumentNode | undefined): string[] {
  return (document?.definitions ?? []).flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.operation] : [],
  )
}

/** Requests of all clients that count. */
export function countRequests(traffic: Traffic | undefined, isExcluded: ClientFilter): number {
  let requests = 0
  for (const { clients } of traffic?.operations ?? []) {
    for (const client of clients) if (!isExcluded(client.name, client.version)) requests += client.requests
  }
  return requests
}
