import type { ClientName } from './check.ts'

/** Upper ends of the buckets of latency, in milliseconds; one more bucket has what took longer. */
export const latencyBucketsMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const

/** What a report may have at most; the registry refuses more (413), and a gateway begins another report. */
export const reportBounds = {
  operations: 500,
  counts: 5_000,
  inputs: 500,
  coordinates: 5_000,
  textCharacters: 100_000,
  nameCharacters: 100,
  bytes: 4 * 1_048_576,
} as const

/** An operation that a gateway tells of for the first time under a supergraph. Nothing in it is a client's value. */
export interface ReportedOperation {
  /** SHA-256 of `text`, hexadecimal. */
  readonly id: string
  readonly name: string | null
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** The operation with every literal replaced by a variable. */
  readonly text: string
  /** Schema coordinates that its text uses, its literals' input fields and enum values among them. */
  readonly coordinates: readonly string[]
  /** Id of the trusted document that it came as; null = none. */
  readonly documentId: string | null
}

/** How often a client ran an operation in the report's time, and how that went. */
export interface ReportedCount {
  /** Id of the operation. */
  readonly operation: string
  readonly client: ClientName
  readonly requests: number
  /** Of these, answers that had errors. */
  readonly errors: number
  /** Of these, how many took how long: one number a bucket of `latencyBucketsMs`, and one for the rest. */
  readonly latencies: readonly number[]
}

/** `POST /usage`: what one process of a gateway saw. The same `gateway` and `sequence` count once. */
export interface UsageReport {
  /** Random, one a process. */
  readonly gateway: string
  /** From 1, rising. */
  readonly sequence: number
  /** RFC 3339. */
  readonly from: string
  readonly to: string
  readonly operations: readonly ReportedOperation[]
  readonly counts: readonly ReportedCount[]
  /**
   * What operations used beside the coordinates that were told with them, by their ids: input fields and enum values that
   * came in variables (sampled) or in literals of another text; and once an hour all of a subscription that is still under
   * way, for which there are no requests. Names of the schema, never values.
   */
  readonly inputs: readonly { readonly operation: string; readonly coordinates: readonly string[] }[]
  /** Requests that found no room within the bounds. */
  readonly uncounted: number
}

/** The answer to it. */
export interface UsageAnswer {
  /** Operations that the registry does not know and got no text of: to be told again. */
  readonly unknown: readonly string[]
}

/** `GET /usage/operations?days=&client=&name=`: pages of them, the busiest first. */
export interface OperationUsage {
  readonly id: string
  readonly name: string | null
  readonly kind: ReportedOperation['kind']
  readonly documentId: string | null
  readonly requests: number
  readonly errors: number
  /** In milliseconds, from the buckets; null = nothing in the days. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  /** RFC 3339. */
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly clients: readonly (ClientName & {
    readonly requests: number
    readonly errors: number
    readonly lastSeenAt: string
  })[]
}

/** `GET /usage/operations/<id>?days=`. */
export interface OperationUsageDetail extends OperationUsage {
  readonly text: string
  readonly coordinates: readonly string[]
  /** Oldest first: one an hour, or one a day where more than 3 days are asked for. */
  readonly series: readonly {
    readonly at: string
    readonly requests: number
    readonly errors: number
    readonly p95Ms: number | null
  }[]
}

/** `GET /usage/coordinates?days=&of=<type>`: a list of those that were used, the busiest first. */
export interface CoordinateUsage {
  readonly coordinate: string
  readonly requests: number
  readonly lastSeenAt: string
  readonly clients: readonly string[]
}

/** `GET /usage/unused?days=`: coordinates of the live API that nobody used. */
export interface UnusedAnswer {
  readonly days: number
  /** Since when there is traffic within these days, RFC 3339; null = none is recorded, and the list says nothing. */
  readonly since: string | null
  readonly coordinates: readonly {
    readonly coordinate: string
    readonly owners: readonly string[]
    readonly isDeprecated: boolean
    readonly isPublished: boolean
  }[]
}
