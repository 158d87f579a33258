import type { RequestBase } from '@headcount/service'
import type { IngressSource } from './domain/read-ingress.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { BucketRow, Store } from './store.ts'

/** What a resolver of analytics has at hand; made anew for each request. */
export interface Context extends RequestBase {
  /** Batches reads of this request, within the viewer's tenant. */
  readonly loaders: Loaders
  /** The database. */
  readonly store: Store
}

/** Makes the context of a request. */
export function createContext(base: RequestBase, { store }: { store: Store }): Context {
  return { ...base, store, loaders: createLoaders(store, base.viewer?.organizationId) }
}

/** Where ingress is read from: what the viewer's tenant has, batched. */
export function ingressOf({ loaders, store, viewer }: Context): IngressSource<BucketRow> {
  const organizationId = viewer?.organizationId ?? ''
  return {
    load: (question) => loaders.ingress.load(question),
    fittingBucket: (question) => store.fittingBucket({ ...question, organizationId }),
  }
}
