import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Served, serve, subgraph, type TestSubgraph } from '../support.ts'

/** One question to a graph, and all that its answer may be. */
export interface Case {
  /** The guarantee. */
  readonly that: string
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** Exactly this, in this order; absent = the answer has no `data`, because the request was refused. */
  readonly data?: unknown
  /** Path of each error in any order, `request` for one without a path; absent = no error. */
  readonly errors?: readonly string[]
  /** No subgraph has what is asked for: there is an error, whatever its path, and no data. */
  readonly isHopeless?: boolean
  /** How often each subgraph may be asked at most; those left out, never. Absent = nothing is said. */
  readonly asked?: Readonly<Record<string, number>>
  /** What the resolvers noted, in any order. */
  readonly noted?: readonly string[]
}

/** A graph of a test: its subgraphs, and what their resolvers note. */
export interface Graph {
  readonly parts: readonly TestSubgraph[]
  readonly notes?: string[]
}

const directives = [
  'key',
  'requires',
  'provides',
  'external',
  'extends',
  'shareable',
  'override',
  'inaccessible',
  'interfaceObject',
]
const imports = directives.map((name) => `"@${name}"`).join(', ')
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`

/** A subgraph of Federation 2. */
export function part(name: string, sdl: string, resolvers: unknown): TestSubgraph {
  return subgraph(name, `${link}\n${sdl}`, resolvers)
}

type Row = Readonly<Record<string, unknown>>

/**
 * Resolves a reference to the row that has the same values in these columns. What the reference holds beyond
 * them comes along, as a subgraph gets the fields that it requires.
 */
export function findBy(rows: readonly Row[], ...columns: readonly string[]) {
  return (reference: Row) => {
    const isSame = (column: string, row: Row) =>
      JSON.stringify(row[column]) === JSON.stringify(reference[column])
    const row = rows.find((candidate) => columns.every((column) => isSame(column, candidate)))
    return row === undefined ? null : { ...row, ...reference }
  }
}

/** Serves the graph in this process while the tests of the block run, and tests each case. */
export function testCases({ parts, notes }: Graph, cases: readonly Case[]): void {
  let served: Served
  beforeAll(async () => {
    served = await serve(parts, 'in-process')
  })
  afterAll(() => served.close())

  for (const { that, query, variables, noted, asked, ...expected } of cases) {
    test(that, async () => {
      for (const { asked: queries } of parts) queries.length = 0
      if (notes) notes.length = 0
      const { body } = await served.post({ query, ...(variables && { variables }) })
      expectAnswer(body, expected)
      if (asked) expect(needlessFetches(parts, asked)).toEqual([])
      if (noted) expect([...(notes ?? [])].sort()).toEqual([...noted].sort())
    })
  }
}

function expectAnswer(
  answer: Answer,
  { data, errors = [], isHopeless }: Pick<Case, 'data' | 'errors' | 'isHopeless'>,
) {
  const paths = (answer.errors ?? []).map(({ path }) => path?.join('.') ?? 'request')
  if (isHopeless) {
    expect(answer.data ?? null).toBeNull()
    expect(paths).not.toEqual([])
  } else {
    expect({ data: answer.data, errors: paths.sort() }).toEqual({ data, errors: [...errors].sort() })
    // Fields come in the order in which they were asked for, which toEqual does not look at.
    expect(JSON.stringify(answer.data)).toBe(JSON.stringify(data))
  }
}

/** The subgraphs that were asked more often than a right plan has to, each with what it was asked. */
function needlessFetches(parts: readonly TestSubgraph[], allowed: Readonly<Record<string, number>>) {
  return parts
    .filter(({ name, asked }) => asked.length > (allowed[name] ?? 0))
    .map(({ name, asked }) => ({ name, asked: [...asked] }))
}
