import { GraphQLError } from 'graphql'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { maskError } from './mask-error.ts'

/** What leaves of an error that a resolver threw, and the level it is logged at. */
function masked(thrown: Error) {
  const levels: number[] = []
  const log = pino({}, { write: (line) => void levels.push(JSON.parse(line).level) })
  const { message, extensions, path } = maskError(
    new GraphQLError(thrown.message, { originalError: thrown, path: ['a'] }),
    log,
  )
  return { message, code: extensions['code'], path, levels }
}

test('a database that is away is an answer to come back for, and tells nothing of the inside', () => {
  const lost = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' })
  expect(masked(lost)).toEqual({
    message: 'The database cannot be reached at the moment; try again.',
    ...{ code: 'SUBGRAPH_UNAVAILABLE', path: ['a'], levels: [40] },
  })
})

test('any other error is a fault of ours, and tells nothing of the inside', () => {
  expect(masked(new Error('the secret inside'))).toEqual({
    message: 'Something went wrong on our side.',
    ...{ code: 'INTERNAL_SERVER_ERROR', path: ['a'], levels: [50] },
  })
})
