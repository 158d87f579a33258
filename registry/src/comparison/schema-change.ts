import type { Place } from '../subgraph.ts'

/**
 * `breaking`: an app's valid operation stops working. `dangerous`: it may behave otherwise, or the order of a
 * deployment matters. `safe`: nobody notices.
 */
export type ChangeLevel = 'breaking' | 'dangerous' | 'safe'

/** One difference between the base's and the head's schemas. */
export interface SchemaChange {
  level: ChangeLevel
  /** The inspector's change type (`FIELD_REMOVED`), or `SUBGRAPH_ADDED`, `SUBGRAPH_REMOVED`. */
  code: string
  /** `api`: what apps see; `subgraph`: only what this subgraph tells the gateway. */
  schema: 'api' | 'subgraph'
  /** The subgraph that made the change, when one can be named. */
  subgraph?: string
  /** The changed element (`Event.slug`, `Query.events.first`, `Zone.@key`). */
  coordinate?: string
  message: string
  /** Why it has this level. */
  reason?: string
  /** In the head's text, at the element or at what it was taken out of; in the base's when all of it is gone. */
  place?: Place
}

const severity: Record<ChangeLevel, number> = { breaking: 0, dangerous: 1, safe: 2 }

/** The worst first; then by element. */
export function bySeverity(a: SchemaChange, b: SchemaChange): number {
  return severity[a.level] - severity[b.level] || (a.coordinate ?? '').localeCompare(b.coordinate ?? '')
}
