import { createHash } from 'node:crypto'
import type { SchemaChange } from '@headcount/registry-api'
import { type CheckInput, check } from '../../src/comparison/check.ts'
import { readSettings } from '../../src/settings/read-settings.ts'
import type { CheckSettings } from '../../src/settings/settings.ts'
import type { PublishedDocument, Traffic, TrafficOperation } from '../../src/weighing/evidence.ts'
import { subgraph } from '../fixtures.ts'

/** The time of the tests. */
export const now = new Date('2026-11-30T12:00:00Z')

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** A document that a client publishes. */
export function published(text: string, client = 'dashboard'): PublishedDocument {
  return { id: hash(text), text, client, name: /\w+ (\w+)/.exec(text)?.[1] ?? null }
}

/** An operation that was asked. */
export function asked(text: string, rest: Partial<TrafficOperation> = {}): TrafficOperation {
  return {
    ...{ id: hash(text), name: /\w+ (\w+)/.exec(text)?.[1] ?? null, text, coordinates: [], inputs: [] },
    ...{ hasAllInputs: true, documentId: null },
    clients: [{ name: 'ios', version: '2.1', requests: 10, lastSeenAt: '2026-11-30T11:56:00Z' }],
    ...rest,
  }
}

/** Traffic of the last 30 days. */
export function traffic(...operations: TrafficOperation[]): Traffic {
  return { days: 30, since: '2026-11-01T00:00:00Z', operations }
}

/** Settings as the file says them. */
export function settings(check: object): CheckSettings {
  return readSettings({ check }).check
}

/** A check of one subgraph's text before and after. */
export function checkPair(before: string, after: string, rest: Partial<CheckInput> = {}) {
  return check({ base: [subgraph('one', before)], head: [subgraph('one', after)], now, ...rest })
}

/** Names of the operations that a change breaks. */
export function brokenBy(
  changes: readonly SchemaChange[],
  code: string,
  coordinate?: string,
): (string | null)[] {
  const change = changes.find((one) => one.code === code && (!coordinate || one.coordinate === coordinate))
  return (change?.usage?.operations ?? []).map(({ name }) => name).sort()
}
