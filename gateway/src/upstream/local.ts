import type { Placement } from '../options.ts'
import type { Dispatch } from './dispatch.ts'
import { unavailable } from './unavailable.ts'

/** Fetches from a subgraph of the same process: no HTTP, no JSON. */
export function localDispatch(placement: Extract<Placement, { execute: unknown }>): Dispatch {
  return async (request) => {
    try {
      return await placement.execute(request)
    } catch (cause) {
      throw unavailable(cause)
    }
  }
}
