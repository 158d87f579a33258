import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { Ask, RequestBase } from '@headcount/service'
import type { Tools } from './domain/tools.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** What a resolver of participants has at hand; made anew for each request. */
export interface Context extends RequestBase, Tools {
  /** Batches reads of this request, within the viewer's tenant. */
  readonly loaders: Loaders
}

/** Makes the context of a request. */
export function createContext(base: RequestBase, tools: Tools & { ask: Ask }): Context {
  return { ...base, ...tools, loaders: createLoaders({ ...base, ...tools }) }
}

/** The viewer of a field that nobody without a token reaches. */
export function viewerOf(context: Context): Viewer {
  if (!context.viewer) throw fail('UNAUTHENTICATED', 'This needs a token.')
  return context.viewer
}
