import type { ClientName, TrustedDocument } from '@headcount/registry-api'

/** What is known of those who use the graph: plain JSON, so that it can be sent to a worker thread. */
export interface UsageEvidence {
  /** Documents that clients published, and may run whenever they like. */
  readonly documents: readonly PublishedDocument[]
  /** What was asked; undefined = nobody recorded it. */
  readonly traffic?: Traffic | undefined
}

/** A trusted document with its publisher. */
export interface PublishedDocument extends TrustedDocument {
  /** Name of the client; empty = of nobody in particular. */
  readonly client: string
}

/** What was asked within some days. */
export interface Traffic {
  /** How many days were looked at. */
  readonly days: number
  /** Since when there is traffic within these days, RFC 3339; null = none is recorded. */
  readonly since: string | null
  /** Every operation that was asked in this time. */
  readonly operations: readonly TrafficOperation[]
}

/** An operation that was asked, whoever asked it. */
export interface TrafficOperation {
  /** SHA-256 of `text`, hexadecimal. */
  readonly id: string
  readonly name: string | null
  /** Without values: every literal is a variable. */
  readonly text: string
  /** What the text used when it came, its literals' input fields and enum values among it. */
  readonly coordinates: readonly string[]
  /** Input fields and enum values that came in variables. */
  readonly inputs: readonly string[]
  /**
   * Whether `inputs` is all that came in variables: each request was looked at, or there was nothing to look at. Where it is
   * false and `inputs` is empty, anything that its variables could bring counts as sent.
   */
  readonly hasAllInputs: boolean
  /** Id of the trusted document that it came as; null = none. */
  readonly documentId: string | null
  /** Who asked it, once a name and version. */
  readonly clients: readonly (ClientName & {
    readonly requests: number
    /** RFC 3339. */
    readonly lastSeenAt: string
  })[]
}
