import type { IncomingHttpHeaders } from 'node:http'
import { hasScope, type Viewer } from '@headcount/access'
import { shareClaims } from '../authentication/claims.ts'
import type { Audience } from './audiences.ts'
import type { LiveOperation } from './live-operation.ts'
import type { Rights } from './rights.ts'

/** Who asks for a subscription. */
export interface Asker extends Rights {
  readonly viewer: Viewer
  /** Headers of its request: rules hand some of them on. */
  readonly clientHeaders: IncomingHttpHeaders
}

/** As whom something is read for all that have the same key. */
export interface Identity extends Rights {
  /** Equal for those who get the same answers. */
  readonly key: string
  readonly viewer: Viewer
}

function scopesNamed({ needs }: LiveOperation): readonly string[] {
  return [...new Set(needs.flatMap(({ requirement }) => requirement.scopes?.flat() ?? []))]
}

/** The identity of a group: the organization and what was found of its rights, no person. */
function sharedViewer(asker: Asker, operation: LiveOperation): Viewer {
  const { viewer, held } = asker
  const viewerOfGroup: Viewer = {
    kind: 'service',
    id: 'live',
    organizationId: viewer.organizationId,
    scopes: scopesNamed(operation).filter((scope) => hasScope(viewer.scopes, scope)),
    policies: operation.policies.filter((policy) => held.has(policy)),
    // A device may read of its own event alone: those of other events are others.
    eventId: viewer.eventId,
  }
  // Rules may hand claims on; only askers for whom those are the same have this identity.
  shareClaims(viewerOfGroup, viewer)
  return viewerOfGroup
}

/** What of an operation decides who shares its results: where it is the same, so are identities. */
export function facetsOf(operation: LiveOperation): string {
  const isShared = operation.audience !== 'VIEWER'
  return JSON.stringify([isShared, isShared ? scopesNamed(operation) : [], operation.policies])
}

/** All of a viewer that a subgraph is told, but when its token ends. */
function keyOf({ kind, id, organizationId, scopes, policies, eventId, sessionId }: Viewer): string {
  return JSON.stringify([
    kind,
    id,
    organizationId,
    scopes,
    policies ?? [],
    eventId ?? null,
    sessionId ?? null,
  ])
}

/**
 * As whom an operation is read for a viewer. Where all that it selects is alike for an organization's viewers, those with
 * the same rights share one identity; else each viewer has its own. What header rules hand on always tells apart.
 */
export function identityOf(
  asker: Asker,
  operation: LiveOperation,
  how: { readonly audience: Audience; readonly forwarded: string },
): Identity {
  const { held } = asker
  const viewer = how.audience === 'VIEWER' ? asker.viewer : sharedViewer(asker, operation)
  const policies = operation.policies.filter((policy) => held.has(policy))
  return {
    key: `${keyOf(viewer)}${JSON.stringify(policies)}${how.forwarded}`,
    viewer,
    held: new Set(policies),
  }
}
