import type { VersionKind } from '@headcount/registry-api'
import { hashOf } from '../live/live-state.ts'
import type { Base, StoredSubgraph } from './read-base.ts'
import type { GivenPublish, GivenSubgraph } from './read-publish-request.ts'

/** A version that is not made yet. */
export interface Draft {
  readonly kind: VersionKind
  /** By name. */
  readonly subgraphs: readonly DraftSubgraph[]
  /** Names of those that it brings, changes or removes. */
  readonly changed: readonly string[]
  readonly author: string | undefined
  readonly commit: string | undefined
  readonly message: string | undefined
  readonly rollsBackTo: number | undefined
}

/** A subgraph of it. */
export interface DraftSubgraph extends GivenSubgraph {
  readonly hash: string
  /** The version that it came with; undefined = this one. */
  readonly since: number | undefined
}

/** What is live, with what is published laid over it. */
export function draftPublish(given: GivenPublish, base: Base): Draft {
  const gone = new Set([...given.remove, ...given.subgraphs.map(({ name }) => name)])
  const kept = base.subgraphs.filter(({ name }) => !gone.has(name))
  const { author, commit, message } = given
  return {
    ...laidOver(base, [...kept, ...given.subgraphs]),
    kind: given.subgraphs.length > 0 ? 'publish' : 'remove',
    rollsBackTo: undefined,
    author,
    commit,
    message,
  }
}

/** An old version's subgraphs in place of what is live. */
export function draftRollback(
  base: Base,
  old: readonly StoredSubgraph[],
  { to, message }: { readonly to: number; readonly message: string | undefined },
): Draft {
  return {
    ...laidOver(base, old),
    kind: 'rollback',
    rollsBackTo: to,
    author: undefined,
    commit: undefined,
    message,
  }
}

function laidOver(base: Base, next: readonly GivenSubgraph[]): Pick<Draft, 'subgraphs' | 'changed'> {
  const subgraphs = next
    .map((one): DraftSubgraph => {
      const hash = hashOf(one.sdl)
      const before = base.subgraphs.find(({ name }) => name === one.name)
      const isSame = before?.hash === hash && before.url === one.url
      return { ...one, hash, since: isSame ? before.since : undefined }
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  const brought = subgraphs.filter(({ since }) => since === undefined).map(({ name }) => name)
  const removed = base.subgraphs.filter(({ name }) => !subgraphs.some((one) => one.name === name))
  return { subgraphs, changed: [...brought, ...removed.map(({ name }) => name)].sort() }
}
