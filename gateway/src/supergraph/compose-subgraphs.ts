import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Agent } from 'undici'
import { readSubgraph, type SubgraphSource } from './read-subgraph.ts'
import { SupergraphRefused } from './supergraph-refused.ts'

/** A subgraph with its schema. */
export interface SubgraphSchema extends SubgraphSource {
  readonly sdl: string
}

/** A supergraph, or why there is none. */
export type Composition = { readonly sdl: string } | { readonly reasons: readonly string[] }

/** Longest time for one subgraph to give its schema, tries and pauses included, in milliseconds. */
const readDeadlineMs = 5_000

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Errors of sockets have a code and often no text.
  return 'code' in error && typeof error.code === 'string' ? `it failed with ${error.code}` : error.message
}

async function readAll(sources: readonly SubgraphSource[], deadlineMs: number): Promise<SubgraphSchema[]> {
  const agent = new Agent()
  const schemas: SubgraphSchema[] = []
  const reasons: string[] = []
  const read = async (source: SubgraphSource) => {
    try {
      schemas.push({ ...source, sdl: await readSubgraph(source, agent, AbortSignal.timeout(deadlineMs)) })
    } catch (error) {
      reasons.push(`The subgraph "${source.name}" at ${source.url} gave no schema: ${codeOf(error)}.`)
    }
  }
  try {
    await Promise.all(sources.map(read))
  } finally {
    await agent.destroy()
  }
  if (reasons.length > 0) throw new SupergraphRefused(reasons.sort())
  return schemas.sort((one, other) => (one.name < other.name ? -1 : 1))
}

async function compose(schemas: readonly SubgraphSchema[]): Promise<string> {
  const worker = new Worker(new URL('./compose-worker.ts', import.meta.url), {
    workerData: schemas,
    execArgv: [],
  })
  try {
    const [composition] = (await once(worker, 'message')) as [Composition]
    if ('sdl' in composition) return composition.sdl
    throw new SupergraphRefused(composition.reasons)
  } finally {
    await worker.terminate()
  }
}

/** Makes a supergraph of subgraphs that run, each time it is asked. */
export interface Composer {
  /**
   * Asks every subgraph for its schema and composes them, off the event loop. While no schema changed, the supergraph
   * of last time is given without composing.
   *
   * @throws SupergraphRefused with each subgraph that gave no schema, or with the errors of composition and their codes
   */
  compose(): Promise<string>
}

export function createComposer(
  sources: readonly SubgraphSource[],
  options: { readonly readDeadlineMs?: number } = {},
): Composer {
  const deadlineMs = options.readDeadlineMs ?? readDeadlineMs
  let last: { readonly key: string; readonly sdl: string } | undefined
  return {
    async compose() {
      const schemas = await readAll(sources, deadlineMs)
      const key = JSON.stringify(schemas)
      if (last?.key === key) return last.sdl
      const sdl = await compose(schemas)
      last = { key, sdl }
      return sdl
    },
  }
}
