import { afterAll, beforeAll } from 'vitest'
import type { Placement } from '../src/index.ts'
import { type Answer, type Served, serve, subgraph, type TestSubgraph } from './support.ts'

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@context", "@fromContext"])`

/** A subgraph that can set contexts. */
export function part(name: string, sdl: string, resolvers: unknown): TestSubgraph {
  return subgraph(name, `${link}\n${sdl}`, resolvers)
}

export type Row = Readonly<Record<string, unknown>>

/** An argument as its resolver sees it. */
export function seen(given: Row, name: string): string {
  return name in given ? JSON.stringify(given[name]) : 'not given'
}

/** Resolves a reference of whatever is there. */
export const reference = ({ id }: Row) => ({ id })

/** Serves the graph while the tests of the block run. Answers say also how often each subgraph was asked. */
export function serving(graph: {
  readonly parts: readonly TestSubgraph[]
  readonly placement?: 'in-process' | 'network'
  readonly moved?: Readonly<Record<string, Placement>>
}) {
  const { parts, placement = 'in-process', moved = {} } = graph
  let served: Served
  beforeAll(async () => {
    served = await serve(parts, placement, { moved })
  })
  afterAll(() => served.close())
  return async (query: string, variables: Row = {}): Promise<Answer & { readonly asked: number[] }> => {
    for (const { asked } of parts) asked.length = 0
    const { body } = await served.post({ query, variables })
    return { ...body, asked: parts.map(({ asked }) => asked.length) }
  }
}

/** Where the errors of an answer are. */
export function failedAt({ errors = [] }: Answer) {
  return errors.map(({ path }) => path?.join('.')).toSorted()
}
