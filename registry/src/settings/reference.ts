import type { Key, Keys } from './key.ts'
import { settingsKeys } from './settings.ts'

/** One key of schema/registry.yaml as the documents show it. */
export interface SettingsRow {
  /** From the top: `check.usage.days`, `check.acknowledged[].until`. */
  readonly path: string
  readonly takes: string
  /** What holds when it is absent; undefined = it must be there. */
  readonly fallback: string | undefined
  readonly doc: string
}

/** Every key of schema/registry.yaml, in its order. */
export function settingsReference(): SettingsRow[] {
  return rowsBelow('', settingsKeys)
}

function rowsBelow(prefix: string, keys: Keys): SettingsRow[] {
  return Object.entries(keys).flatMap(([name, key]) => rowsOf(`${prefix}${name}`, key))
}

function rowsOf(path: string, { takes, fallback, doc, below }: Key<unknown>): SettingsRow[] {
  return [{ path, takes, fallback, doc }, ...(below ? rowsBelow(`${path}${below.mark}`, below.keys) : [])]
}
