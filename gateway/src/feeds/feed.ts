import type { DocumentsAnswer } from '@headcount/registry-api'

/** Something that comes from elsewhere: what there is, and each next one. */
export interface Feed<T> {
  /** What there is to begin with; asked for once, before `watch`. Rejects, with the reason, when there is nothing. */
  first(): Promise<T>
  /** Calls the listener with each that comes after what `first` answered. Answers what ends that. */
  watch(listener: (next: T) => void): () => void
  /** Ends all of it. */
  close(): void
}

/** Sets of trusted documents, whole ones, one after another. */
export type DocumentsFeed = Feed<DocumentsAnswer>

/** A supergraph as it is published. */
export interface PublishedSupergraph {
  readonly sdl: string
  /** Its number where it comes from; undefined = it has none. */
  readonly version?: number | undefined
}

/** Supergraphs, one after another: how a registry in the same process gives them. */
export type SupergraphFeed = Feed<PublishedSupergraph>
