import type { SchemaChange } from './check.ts'
import type { CompositionError, CompositionHint } from './composition.ts'

/** NATS subject on which a registry says the number of what is live now, for gateways that ask it less often. */
export const liveSubject = 'headcount.registry.live'

/** A subgraph as it was published. */
export interface PublishedSubgraph {
  readonly name: string
  /** Where gateways reach it unless their configuration says otherwise. */
  readonly url: string
  /** SHA-256 of its text, hexadecimal. */
  readonly hash: string
  /** The version that it came with. */
  readonly since: number
}

/** How a version came to be. */
export type VersionKind = 'publish' | 'remove' | 'rollback'

/** An immutable version of the whole graph. Numbers rise by one; those that do not compose have one too. */
export interface VersionSummary {
  readonly number: number
  /** RFC 3339. */
  readonly at: string
  readonly kind: VersionKind
  /** Name of the token, or of the part of the platform. */
  readonly by: string
  readonly author: string | null
  readonly commit: string | null
  readonly message: string | null
  /** Subgraphs that this version brought, changed or removed. */
  readonly changed: readonly string[]
  readonly composes: boolean
  /** Whether gateways have it now. */
  readonly isLive: boolean
  /** When it last became the live one, RFC 3339; null = never. */
  readonly liveSince: string | null
  /** The version that a rollback returns to. */
  readonly rollsBackTo: number | null
  readonly counts: {
    readonly breaking: number
    readonly dangerous: number
    readonly safe: number
    readonly errors: number
  }
}

/** `GET /versions/<number>`. */
export interface VersionDetail extends VersionSummary {
  readonly subgraphs: readonly PublishedSubgraph[]
  readonly errors: readonly CompositionError[]
  readonly hints: readonly CompositionHint[]
  /** Against the version that was live when it came. */
  readonly changes: readonly SchemaChange[]
  /** SHA-256 of its supergraph, hexadecimal; null = it does not compose. */
  readonly supergraphHash: string | null
  /** What became of each contract. */
  readonly contracts: readonly {
    readonly name: string
    readonly hash: string | null
    readonly errors: readonly string[]
  }[]
}

/** `POST /versions`: subgraphs that are new, changed or gone; all others stay as they are. */
export interface PublishRequest {
  readonly subgraphs?:
    | readonly {
        /** A letter, then letters, digits, `-`, `_`; at most 63 characters. */
        readonly name: string
        readonly url: string
        readonly sdl: string
        /** Named in errors; default `<name>.graphql`. */
        readonly file?: string | undefined
      }[]
    | undefined
  /** Names of subgraphs that are taken out. */
  readonly remove?: readonly string[] | undefined
  readonly author?: string | undefined
  readonly commit?: string | undefined
  readonly message?: string | undefined
}

/** The answer to `POST /versions` and `POST /rollback`: 200 when it is live, 422 when it was stored and refused. */
export interface PublishAnswer {
  readonly version: VersionDetail
  /** Nothing differs from the live version: `version` is that one, and none was made. */
  readonly isUnchanged: boolean
}

/** `POST /rollback`: makes a new version with the subgraphs of an old one. */
export interface RollbackRequest {
  readonly to: number
  readonly message?: string | undefined
}
