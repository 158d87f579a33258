import type { Viewer } from '@headcount/access'
import { LRUCache } from 'lru-cache'
import type { ClaimNames } from '../options.ts'
import { type Claims, claimAt } from './claims.ts'

/** Reads who asks from verified claims; undefined = they do not say it. */
export type ViewerOf = (claims: Claims) => Viewer | undefined

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Lists of words that are kept: most viewers have the rights of a few roles, and ten thousands of them may be connected. */
const keptLists = new LRUCache<string, readonly string[]>({ max: 1_000 })

/** A text with blanks between the words, or a list of words. */
function words(value: unknown): readonly string[] {
  if (typeof value !== 'string') return wordsOf(value)
  const known = keptLists.get(value)
  if (known) return known
  const list = Object.freeze(wordsOf(value))
  keptLists.set(value, list)
  return list
}

function wordsOf(value: unknown): string[] {
  const all: unknown[] = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : []
  return all.filter((word): word is string => typeof word === 'string' && word !== '')
}

/** Tokens of the platform's own auth: each belongs to an organization, and to a user or a device. */
export const platformViewerOf: ViewerOf = (claims) => {
  const { kind, scope } = claims
  const id = text(claims.sub)
  const organizationId = text(claims.org)
  if (!id || !organizationId || typeof scope !== 'string') return undefined
  if (kind !== 'user' && kind !== 'device') return undefined
  return {
    kind,
    id,
    organizationId,
    scopes: words(scope),
    eventId: text(claims.event),
    sessionId: text(claims.sid),
  }
}

/** Tokens of any other issuer, by the claims that the configuration names. */
export function viewerByNames(names: ClaimNames): ViewerOf {
  const { id = 'sub', organization = 'org', scopes = 'scope', policies } = names
  return (claims) => {
    const viewerId = claimAt(claims, id)
    const known = text(typeof viewerId === 'number' ? String(viewerId) : viewerId)
    if (!known) return undefined
    return {
      kind: 'user',
      id: known,
      organizationId: text(claimAt(claims, organization)) ?? '',
      scopes: words(claimAt(claims, scopes)),
      ...(policies === undefined ? {} : { policies: words(claimAt(claims, policies)) }),
      sessionId: text(claims.sid),
    }
  }
}
