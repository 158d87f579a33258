import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Agent } from 'undici'
import { readSubgraph, type SubgraphSource } from './read-subgraph.ts'
import { SupergraphRefused } from './supergraph-refused.ts'
import { whyFailed } from './why-failed.ts'

/** A subgraph with its schema. */
export interface SubgraphSchema extends SubgraphSource {
  readonly sdl: string
}

/** A supergraph, or why there is none. */
export type Composition = { readonly sdl: string } | { readonly reasons: readonly string[] }

/** Longest time for one subgraph to give its schema, tries and pauses included, in milliseconds. */
const readDeadlineMs = 5_000

async function readAll(sources: readonly SubgraphSource[], signal: AbortSignal): Promise<SubgraphSchema[]> {
  const agent = new Agent()
  const schemas: SubgraphSchema[] = []
  const reasons: string[] = []
  const read = async (source: SubgraphSource) => {
    try {
      schemas.push({ ...source, sdl: await readSubgraph(source, agent, signal) })
    } catch (error) {
      reasons.push(`The subgraph "${source.name}" at ${source.url} gave no schema: ${whyFailed(error)}.`)
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

async function compose(schemas: readonly SubgraphSchema[], signal: AbortSignal): Promise<string> {
  const worker = new Worker(new URL('./compose-worker.ts', import.meta.url), {
    workerData: schemas,
    execArgv: [],
  })
  try {
    const [composition] = (await once(worker, 'message', { signal })) as [Composition]
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
   * @param signal gives it up
   * @throws SupergraphRefused with each subgraph that gave no schema, or with the errors of composition and their codes
   */
  compose(signal?: AbortSignal): Promise<string>
}

export function createComposer(
  sources: readonly SubgraphSource[],
  options: { readonly readDeadlineMs?: number } = {},
): Composer {
  const deadlineMs = options.readDeadlineMs ?? readDeadlineMs
  let last: { readonly key: string; readonly sdl: string } | undefined
  return {
    async compose(signal = new AbortController().signal) {
      const schemas = await readAll(sources, AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]))
      const key = JSON.stringify(schemas)
      if (last?.key === key) return last.sdl
      const sdl = await compose(schemas, signal)
      last = { key, sdl }
      return sdl
    },
  }
}
