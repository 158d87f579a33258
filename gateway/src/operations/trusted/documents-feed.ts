import type { DocumentsAnswer } from '@headcount/registry-api'

/**
 * Where trusted documents come from: files, or a registry. What it gives are whole sets; the gateway checks each, and takes it
 * whole or not at all.
 */
export interface DocumentsFeed {
  /** What is trusted now. @throws Error when there is nothing to begin with: then the gateway does not start */
  first(): Promise<DocumentsAnswer>
  /** Calls with each set that differs from the one before, `first()`'s too, until the answered function is called. */
  watch(listener: (documents: DocumentsAnswer) => void): () => void
  /** Ends it: the gateway that was given it calls this when it is closed. */
  close?(): void | Promise<void>
}
