import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

// RFC 3339, section 5.6: a date, a time and an offset.
const shape = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/

/** Date.parse takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
}

function read(value: unknown): Date {
  const isWellFormed = typeof value === 'string' && shape.test(value) && isDay(value)
  const date = isWellFormed ? new Date(value) : undefined
  if (date === undefined || Number.isNaN(date.getTime())) {
    const shown = JSON.stringify(value)?.slice(0, 60)
    throw new GraphQLError(`DateTime takes RFC 3339 with an offset, like 2026-11-22T18:30:00Z; not ${shown}.`)
  }
  return date
}

/** The scalar `DateTime`: a Date inside, RFC 3339 in UTC with milliseconds outside. */
export const dateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    return value instanceof Date ? value.toISOString() : read(value).toISOString()
  },
  parseValue: read,
  parseLiteral(node) {
    return read(node.kind === Kind.STRING ? node.value : undefined)
  },
})
