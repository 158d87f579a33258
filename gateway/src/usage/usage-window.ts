import { type ClientName, latencyBucketsMs, reportBounds } from '@headcount/registry-api'
import type { GraphQLSchema } from 'graphql'
import { nobody } from '../client-names.ts'
import type { OperationRun } from '../exchange.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import { type InputSamples, inputSamplesOf } from './input-samples.ts'

/** Numbers of one operation and client: requests, errors, and one a bucket of latency. */
const width = 2 + latencyBucketsMs.length + 1
const firstSlots = 64

/**
 * Clients of one operation that a report tells apart; the rest count together, under the empty name, as those do that send
 * none. A name is the client's to choose: without a bound one of them could fill all reports.
 */
const clientsAnOperation = 50

/** Characters of the operations that a window holds on to: those that are not known any more it alone keeps in memory. */
const heldCharacters = 4 * 1_048_576

/** One operation within a window. */
export interface Entry {
  readonly operation: KnownOperation
  readonly schema: GraphQLSchema
  /** Id of the trusted document that it came as. */
  readonly documentId: string | null
  readonly samples: InputSamples | undefined
  /** Input fields and enum values that came in variables. */
  readonly inputs: Set<string>
  /** Its first client, and where its numbers begin: most operations have one. */
  readonly client: ClientName
  readonly at: number
  /** The other clients. */
  others: Map<ClientName, number> | undefined
}

/** What was asked, by operation and client, since a moment. Counts are exact; what has no room is `uncounted`. */
export class UsageWindow {
  /** In milliseconds since 1970. */
  readonly fromMs: number
  readonly entries = new Map<KnownOperation, Entry>()
  /** Requests that found no room. */
  uncounted = 0
  private numbers = new Uint32Array(firstSlots * width)
  private slots = 0
  private characters = 0

  constructor(fromMs: number) {
    this.fromMs = fromMs
  }

  /** Whether it had better be reported soon. */
  get isNearlyFull(): boolean {
    return (
      this.entries.size >= 0.8 * reportBounds.operations ||
      this.slots >= 0.8 * reportBounds.counts ||
      this.characters >= 0.8 * heldCharacters
    )
  }

  /** Makes room for an operation; undefined = there is none. */
  enter(run: OperationRun, operation: KnownOperation, client: ClientName): Entry | undefined {
    const { generation, documentId = null } = run
    if (!generation || this.entries.size >= reportBounds.operations) return undefined
    if (this.characters >= heldCharacters) return undefined
    this.characters += operation.normalised.text.length
    const { schema } = generation
    const entry: Entry = {
      operation,
      schema,
      documentId,
      samples: inputSamplesOf(operation, schema),
      inputs: new Set(),
      client: this.hasRoom ? client : nobody,
      at: this.addSlot(),
      others: undefined,
    }
    this.entries.set(operation, entry)
    return entry
  }

  /** Where the numbers of an operation's client begin. Hot path. */
  slotOf(entry: Entry, client: ClientName): number {
    if (entry.client === client) return entry.at
    return entry.others?.get(client) ?? this.enterClient(entry, client)
  }

  /** Counts a request. Hot path. */
  count(at: number, milliseconds: number, hasErrors: boolean): void {
    const { numbers } = this
    let bucket = 0
    while (bucket < latencyBucketsMs.length && milliseconds > (latencyBucketsMs[bucket] ?? 0)) bucket += 1
    add(numbers, at)
    if (hasErrors) add(numbers, at + 1)
    add(numbers, at + 2 + bucket)
  }

  /** The numbers of an operation, by client. */
  *countsOf({ client, at, others }: Entry): Iterable<readonly [ClientName, Uint32Array]> {
    yield [client, this.numbers.subarray(at, at + width)]
    for (const [other, slot] of others ?? []) yield [other, this.numbers.subarray(slot, slot + width)]
  }

  /** One place an operation is kept for its clients that have none. */
  private get hasRoom(): boolean {
    return this.slots < reportBounds.counts - reportBounds.operations
  }

  private enterClient(entry: Entry, client: ClientName): number {
    entry.others ??= new Map()
    const { others } = entry
    const isApart = client === nobody || (this.hasRoom && others.size < clientsAnOperation - 1)
    const counted = isApart ? client : nobody
    const before = entry.client === counted ? entry.at : others.get(counted)
    if (before !== undefined) return before
    const at = this.addSlot()
    others.set(counted, at)
    return at
  }

  private addSlot(): number {
    const at = this.slots * width
    if (at === this.numbers.length) {
      const larger = new Uint32Array(2 * at)
      larger.set(this.numbers)
      this.numbers = larger
    }
    this.slots += 1
    return at
  }
}

function add(numbers: Uint32Array, at: number): void {
  numbers[at] = (numbers[at] ?? 0) + 1
}
