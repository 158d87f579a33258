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
