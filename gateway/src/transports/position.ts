import { fail } from '@headcount/errors'
import type { Parameters } from '../exchange.ts'

/** At most so many digits: none of them is beyond what a number holds exactly. */
const digits = /^\d{1,15}$/

/** From where on a client wants results, and whether it asked to be told where it is. */
export interface Position {
  readonly lastEventSeq: number | undefined
  readonly wantsPosition: boolean
}

/**
 * What the client has: its browser's `Last-Event-ID`, else `extensions.resume`. @throws GraphQLError BAD_USER_INPUT
 */
export function positionOf({ extensions = {} }: Parameters, lastEventId?: string | string[]): Position {
  const wantsPosition = Object.hasOwn(extensions, 'resume')
  const resume = wantsPosition ? extensions.resume : null
  if (resume !== null && !(typeof resume === 'string' && digits.test(resume))) {
    throw fail(
      'BAD_USER_INPUT',
      `"extensions.resume" is ${JSON.stringify(resume)}; it must be one that a result brought ("17"), or null.`,
    )
  }
  const last = typeof lastEventId === 'string' && digits.test(lastEventId) ? lastEventId : resume
  return { lastEventSeq: last === null ? undefined : Number(last), wantsPosition }
}
