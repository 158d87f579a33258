import type { DocumentsAnswer } from '@headcount/registry-api'

/** Where trusted documents come from: files, or a registry. Nobody but the gateway checks what comes: a set is taken whole or not at all. */
export interface DocumentsFeed {
  /**
   * Reads what is trusted now, and tells of every later set, whole, until it is closed. The same set twice does no harm.
   *
   * @throws Error when there is nothing to begin with
   */
  open(onDocuments: (documents: DocumentsAnswer) => void): Promise<OpenDocuments>
}

/** A feed that tells. */
export interface OpenDocuments {
  /** What it had at first. */
  readonly documents: DocumentsAnswer
  /** Nothing is told after it. */
  close(): void | Promise<void>
}
