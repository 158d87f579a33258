import { createHash } from 'node:crypto'
import type { Contract } from '@headcount/registry-api'

/** A text that is served, with what tells whether a reader has it already. */
export interface FeedText {
  readonly text: string
  /** SHA-256 of the text, hexadecimal, quoted: a strong ETag. */
  readonly etag: string
  /** The version that it comes from; undefined = it is not of one. */
  readonly version: number | undefined
}

/** A contract, and what of it is served: that of the last version with which it works. */
export interface LiveContract extends Contract {
  readonly supergraph: FeedText | undefined
  readonly apiSchema: FeedText | undefined
}

/** What is live, as one reading of the database found it. */
export interface LiveState {
  /** Null = nothing has composed yet. */
  readonly number: number | null
  readonly since: Date | null
  /** Rises with each change of the trusted documents. */
  readonly documents: number
  /** Rises with each change of the contracts. */
  readonly contractsRevision: number
  readonly supergraph: FeedText | undefined
  readonly apiSchema: FeedText | undefined
  readonly contracts: ReadonlyMap<string, LiveContract>
}

/** SHA-256 of a text, hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
