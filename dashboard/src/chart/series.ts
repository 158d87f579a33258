import type { Columns, PerMinute } from './columns.ts'

/** One coloured part of the chart, in people a minute. */
export interface Series {
  name: string
  /** A custom property of the style sheet. */
  colour: string
  /** Null where nobody knows. */
  values: readonly PerMinute[]
}

export interface NamedGate {
  id: string
  name: string
}

/** As many gates as people can tell apart by colour. */
const MOST_GATES = 8

export const ENTRIES_COLOUR = '--chart-entries'
export const EXITS_COLOUR = '--chart-exits'

/** Entries at each gate; beyond eight gates the least busy ones become one part. */
export function gateSeries(gates: readonly NamedGate[], { byGate, times }: Columns): Series[] {
  const parts = gates.map(({ name }, index) => ({ name, values: byGate[index] ?? [] }))
  if (parts.length <= MOST_GATES) return parts.map(coloured)
  const sum = (values: readonly PerMinute[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const busiest = parts.toSorted((a, b) => sum(b.values) - sum(a.values)).slice(0, MOST_GATES - 1)
  const others = parts.filter((part) => !busiest.includes(part))
  const values = times.map((_, index) => {
    const parts = others.map((part) => part.values[index] ?? null)
    return parts.includes(null) ? null : sum(parts)
  })
  return [...parts.filter((part) => busiest.includes(part)), { name: 'Other gates', values }].map(coloured)
}

function coloured(part: Omit<Series, 'colour'>, index: number): Series {
  return { ...part, colour: `--gate-${index + 1}` }
}
