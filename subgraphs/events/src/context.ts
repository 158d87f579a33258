import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { Ask, RequestBase } from '@headcount/service'
import { createLoaders, type Loaders } from './loaders.ts'
import type { Store } from './store/store.ts'

/** What a resolver of events has at hand; made anew for each request. */
export interface Context extends RequestBase {
  /** Batches reads of this request, within the viewer's tenant. */
  readonly loaders: Loaders
  /** The database. */
  readonly store: Store
  /** Asks another service. */
  readonly ask: Ask
}

/** Makes the context of a request. */
export function createContext(base: RequestBase, { store, ask }: { store: Store; ask: Ask }): Context {
  return {
    ...base,
    store,
    ask,
    loaders: createLoaders({ store, organizationId: base.viewer?.organizationId ?? '' }),
  }
}

/** The viewer of a field that nobody without a token reaches. */
export function viewerOf(context: Context): Viewer {
  if (!context.viewer) throw fail('UNAUTHENTICATED', 'This needs a token.')
  return context.viewer
}
