/** The kinds of value that a sort key may hold. `time` is an RFC 3339 text. */
export type KeyKind = 'text' | 'integer' | 'time'

/** The value of one part of a sort key, by its kind. */
export type KeyValue<Kind extends KeyKind> = Kind extends 'integer' ? number : string

/** The values of a whole sort key, in order. */
export type KeyOf<Kinds extends readonly KeyKind[]> = { [Index in keyof Kinds]: KeyValue<Kinds[Index]> }

/**
 * A list that is read in pages. `key` names the kinds of the sort key's parts in order; the last part must
 * make it unique (as a rule the id), or rows that tie would be skipped.
 */
export interface List<Kinds extends readonly KeyKind[] = readonly KeyKind[]> {
  /** The list's name, e.g. `scans`: a cursor of another list is refused. */
  name: string
  key: Kinds
}

const MAXIMUM_CURSOR_LENGTH = 1024

/** The opaque cursor of a row with this sort key: base64url of `[name, ...key]` as JSON. */
export function encodeCursor<const Kinds extends readonly KeyKind[]>(
  list: List<Kinds>,
  key: KeyOf<Kinds>,
): string {
  return Buffer.from(JSON.stringify([list.name, ...key])).toString('base64url')
}

/** The sort key in a cursor, or undefined where the text is no cursor of this list. */
export function decodeCursor<const Kinds extends readonly KeyKind[]>(
  list: List<Kinds>,
  cursor: string,
): KeyOf<Kinds> | undefined {
  if (cursor.length > MAXIMUM_CURSOR_LENGTH) return undefined
  const parts = parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!Array.isArray(parts)) return undefined
  const [name, ...key] = parts
  if (name !== list.name || key.length !== list.key.length) return undefined
  if (!list.key.every((kind, index) => isOfKind(kind, key[index]))) return undefined
  // Each part was just held against its kind, which the compiler cannot follow through the tuple.
  return key as unknown as KeyOf<Kinds>
}

function isOfKind(kind: KeyKind, value: unknown): boolean {
  if (kind === 'integer') return Number.isSafeInteger(value)
  if (typeof value !== 'string') return false
  // Postgres takes no NUL in a text: such a cursor must be refused here, not by the database.
  return kind === 'time' ? !Number.isNaN(Date.parse(value)) : !value.includes('\0')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
