import pg from 'pg'

const { builtins, getTypeParser } = pg.types

/**
 * How values arrive from `query`: int8 as number where that is exact and as bigint beyond ±2^53, numeric and money
 * sums of int8 (which Postgres widens to numeric) as they are, text; timestamptz as Date. Prisma has its own.
 */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === builtins.INT8 && format !== 'binary'
      ? parseInt8
      : getTypeParser(oid, format)) as typeof getTypeParser,
}

function parseInt8(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

const NEEDS_ESCAPE = /["\\]/

/**
 * The value as it is sent. A list of plain texts or numbers becomes an array literal here: the driver would look for
 * characters to escape twice in each.
 */
export function parameterOf(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value
  if (value.every(Number.isFinite)) return `{${value.join()}}`
  const isPlain = value.every((item) => typeof item === 'string' && !NEEDS_ESCAPE.test(item))
  return isPlain ? `{"${value.join('","')}"}` : value
}
