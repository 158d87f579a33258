import type { Live } from './live.ts'

/** The schemas that gateways have. */
export interface LiveSchema {
  /** Number of the version. */
  readonly number: number
  /** What apps see. */
  readonly sdl: string
  readonly supergraphSdl: string
}

/** What is live as schemas; undefined = nothing has composed yet, or the database was not reached yet. */
export function liveSchema({ state }: Pick<Live, 'state'>): LiveSchema | undefined {
  if (!state?.apiSchema || !state.supergraph || state.number === null) return undefined
  return { number: state.number, sdl: state.apiSchema.text, supergraphSdl: state.supergraph.text }
}
