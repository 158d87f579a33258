import type { CompositionError, CompositionHint, Place } from './composition.ts'

/**
 * `breaking`: a valid operation could stop working. `dangerous`: an app may behave otherwise, or the order of a
 * deployment matters. `safe`: nobody notices.
 */
export type ChangeLevel = 'breaking' | 'dangerous' | 'safe'

/**
 * What a breaking change comes to. `used`: it breaks operations that are published or were asked. `unused`: the evidence is
 * there, and none is broken. `unknown`: nobody knows who asks what. `acknowledged`: the settings say that it may be.
 * Only `used` and `unknown` fail a check.
 */
export type ChangeVerdict = 'used' | 'unused' | 'unknown' | 'acknowledged'

/** A client by the name and version that it sends; empty = it sends none. */
export interface ClientName {
  readonly name: string
  readonly version: string
}

/** One operation that a change breaks. */
export interface BrokenOperation {
  /** `published`: a trusted document; `traffic`: it was asked. */
  readonly source: 'published' | 'traffic'
  /** Its name; null = it has none. */
  readonly name: string | null
  /** Trusted documents: the id. Traffic: SHA-256 of the operation without values. */
  readonly id: string
  /** Who publishes it, or who asked it and how often within the days that were looked at; the busiest first. */
  readonly clients: readonly (ClientName & {
    /** 0 for one that is published and was not asked. */
    readonly requests: number
    /** RFC 3339; null = never. */
    readonly lastSeenAt: string | null
  })[]
}

/** Who a breaking change hits. */
export interface ChangeUsage {
  /** The busiest first; at most 50. */
  readonly operations: readonly BrokenOperation[]
  /** Of how many the list is the beginning. */
  readonly operationCount: number
  /** Requests of the excluded clients not among them. */
  readonly requests: number
  /** The share of all requests, 0 to 100; null = no traffic is known. */
  readonly percent: number | null
  /** RFC 3339; null = never asked. */
  readonly lastSeenAt: string | null
}

/** One difference between the base's and the head's schemas. */
export interface SchemaChange {
  readonly level: ChangeLevel
  /**
   * The inspector's change type (`FIELD_REMOVED`), or one of ours: `SUBGRAPH_ADDED`, `SUBGRAPH_REMOVED`, and
   * `OPERATION_INVALID` for operations that would be refused though no breaking change says so.
   */
  readonly code: string
  /** `api`: what apps see; `subgraph`: only what this subgraph tells the gateway. */
  readonly schema: 'api' | 'subgraph'
  /** The subgraph that made the change, when one can be named. */
  readonly subgraph?: string
  /** The changed element (`Event.slug`, `Query.events.first`, `Zone.@key`). */
  readonly coordinate?: string
  readonly message: string
  /** Why it has this level. */
  readonly reason?: string
  /** In the head's text, at the element or at what it was taken out of; in the base's when all of it is gone. */
  readonly place?: Place
  /** Breaking changes of the API alone. */
  readonly verdict?: ChangeVerdict
  /** Breaking changes of the API alone. */
  readonly usage?: ChangeUsage
  /** Where the settings acknowledge it; `isExpired` ones do not count any more. */
  readonly acknowledged?: { readonly reason: string; readonly until: string; readonly isExpired: boolean }
}

/** What a rule of style says of one place. */
export interface LintFinding {
  /** The rule: `TYPE_NAME`, `FIELD_NAME`, `DESCRIPTION_MISSING`, `DEPRECATION_REASON_MISSING`, … */
  readonly rule: string
  /** An `error` fails the check. */
  readonly level: 'error' | 'warning'
  readonly coordinate: string
  readonly message: string
  readonly place?: Place
}

/** What a check knows of those who use the graph. */
export interface Evidence {
  /** How many days of traffic were asked for. */
  readonly days: number
  /** Since when there is traffic within these days, RFC 3339; null = none is recorded. */
  readonly since: string | null
  /** Requests in it. */
  readonly requests: number
  /** Trusted documents that were looked at. */
  readonly publishedOperations: number
  /** Whether what is not in the evidence is not used: traffic is recorded, or the settings say that clients send trusted documents alone. */
  readonly isComplete: boolean
}

/** What a change of schemas means for apps. */
export interface CheckReport {
  /** `not-composed`: the head has errors. `breaking`: an app would break, or nobody knows. `lint`: a rule that is an error. Else `safe`. */
  readonly outcome: 'safe' | 'breaking' | 'lint' | 'not-composed'
  /** Why the head does not compose; empty when it does. */
  readonly errors: readonly CompositionError[]
  readonly hints: readonly CompositionHint[]
  /** The worst first; empty when the head does not compose. */
  readonly changes: readonly SchemaChange[]
  /** Of the elements that the head has and the base has not, or that changed. */
  readonly lint: readonly LintFinding[]
  /** Undefined when the head does not compose. */
  readonly evidence?: Evidence
  /** What the check could not look at, in plain words. */
  readonly notes: readonly string[]
}

/** Who has what checked: for people who look at checks later. */
export interface CheckContext {
  readonly commit?: string | undefined
  readonly branch?: string | undefined
  readonly author?: string | undefined
  /** Address of the change or of the build. */
  readonly url?: string | undefined
}

/** `POST /checks`. */
export interface CheckRequest {
  /** Subgraphs as they would be. */
  readonly subgraphs: readonly {
    readonly name: string
    readonly sdl: string
    readonly file?: string | undefined
  }[]
  /** Whether these are all; else the registry's own stand for the rest. */
  readonly isWhole: boolean
  /** Names of subgraphs that would be gone. */
  readonly removed?: readonly string[] | undefined
  /** The check's settings of the repository that asks (schema/registry.yaml), as JSON; undefined = the defaults. */
  readonly settings?: unknown
  /** Whether rules of style look at elements that are as they were; default false. */
  readonly lintsAll?: boolean | undefined
  readonly context?: CheckContext | undefined
}

/** A check as it is listed: `GET /checks`, pages of them, the latest first. */
export interface CheckSummary {
  readonly id: string
  /** RFC 3339. */
  readonly at: string
  /** Name of the token. */
  readonly by: string
  /** Version that it was compared with; null = none was live. */
  readonly base: number | null
  readonly subgraphs: readonly string[]
  readonly outcome: CheckReport['outcome']
  readonly counts: {
    readonly breaking: number
    readonly dangerous: number
    readonly safe: number
    readonly errors: number
  }
  readonly context: CheckContext
}

/** `GET /checks/<id>`, and the answer to `POST /checks`. */
export interface CheckRecord extends CheckSummary {
  readonly report: CheckReport
}
