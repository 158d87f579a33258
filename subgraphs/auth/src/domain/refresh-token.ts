import { timingSafeEqual } from 'node:crypto'
import { isId } from '@headcount/ids'
import type { Secrets } from './secrets.ts'

/** Which token of which family one is. */
export interface RefreshTokenContent {
  readonly sessionId: string
  /** From 1. */
  readonly generation: number
}

const LONGEST = 200

function signed({ sessionId, generation }: RefreshTokenContent, secrets: Secrets): Buffer {
  return secrets.mac('refresh tokens', `${sessionId}.${generation}`)
}

/**
 * The refresh token of a family's generation: the same each time, so that an answer that was lost can be given again
 * though no token is stored.
 */
export function writeRefreshToken(content: RefreshTokenContent, secrets: Secrets): string {
  return `${content.sessionId}.${content.generation}.${signed(content, secrets).toString('base64url')}`
}

/** Reads a refresh token; undefined for what is not one of ours. */
export function readRefreshToken(token: string, secrets: Secrets): RefreshTokenContent | undefined {
  if (token.length > LONGEST) return undefined
  const [sessionId = '', number = '', mac = '', rest] = token.split('.')
  if (rest !== undefined || !isId('session', sessionId) || !/^[1-9]\d{0,8}$/.test(number)) return undefined
  const content = { sessionId, generation: Number(number) }
  const expected = signed(content, secrets)
  const given = Buffer.from(mac, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected) ? content : undefined
}
