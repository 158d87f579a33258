import { fail } from '@headcount/errors'
import type { Exchange } from '../../exchange.ts'

const digits = /^\d{1,15}$/

/** From where on a client wants results, and whether it asked to be told where it is. */
export interface Position {
  readonly lastEventSeq: number | undefined
  readonly wantsPosition: boolean
}

/**
 * What the client has: its browser's `Last-Event-ID`, else `extensions.resume`. @throws GraphQLError BAD_USER_INPUT
 */
export function positionOf({
  parameters,
  clientHeaders,
}: Pick<Exchange, 'parameters' | 'clientHeaders'>): Position {
  const { extensions = {} } = parameters
  const wantsPosition = Object.hasOwn(extensions, 'resume')
  const resume = wantsPosition ? extensions.resume : null
  if (resume !== null && !(typeof resume === 'string' && digits.test(resume))) {
    throw fail(
      'BAD_USER_INPUT',
      `"extensions.resume" is ${JSON.stringify(resume)}; it must be one that a result brought ("17"), or null.`,
    )
  }
  const header = clientHeaders['last-event-id']
  const last = typeof header === 'string' && digits.test(header) ? header : resume
  return { lastEventSeq: last === null ? undefined : Number(last), wantsPosition }
}
