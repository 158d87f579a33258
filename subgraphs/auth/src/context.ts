import type { Viewer } from '@headcount/access'
import { fail } from '@headcount/errors'
import type { Ask, RequestBase } from '@headcount/service'
import type { Issuer } from './domain/issue-tokens.ts'
import type { Queue } from './domain/queue.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { Store } from './store/store.ts'

/** What a resolver of auth has beside the request; made once. */
export interface Workshop {
  /** The database. */
  readonly store: Store
  /** Makes tokens. */
  readonly issuer: Issuer
  /** Bounds how many passwords are checked at once. */
  readonly queue: Queue
  /** Asks another service. */
  readonly ask: Ask
}

/** What a resolver of auth has at hand; made anew for each request. */
export interface Context extends RequestBase, Workshop {
  /** Batches reads of this request, within the viewer's tenant. */
  readonly loaders: Loaders
}

/** Makes the context of a request. */
export function createContext(base: RequestBase, workshop: Workshop): Context {
  return {
    ...base,
    ...workshop,
    loaders: createLoaders({ store: workshop.store, organizationId: base.viewer?.organizationId ?? '' }),
  }
}

/** The viewer of a field that nobody without a token reaches. */
export function viewerOf(context: Context): Viewer {
  if (!context.viewer) throw fail('UNAUTHENTICATED', 'This needs a token.')
  return context.viewer
}
