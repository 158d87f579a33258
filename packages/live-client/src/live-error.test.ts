import { catalogue } from '@headcount/errors'
import { describe, expect, it } from 'vitest'
import { errorOf, finalCodes, UNAUTHENTICATED } from './live-error.ts'

describe('final codes', () => {
  it('are those of the platform’s catalogue that blame the request and promise nothing for later', () => {
    const expected = Object.entries(catalogue)
      .filter(([code, { httpStatus, isRetryable }]) => {
        return httpStatus < 500 && !isRetryable && code !== UNAUTHENTICATED
      })
      .map(([code]) => code)
    expect([...finalCodes].toSorted()).toEqual(expected.toSorted())
  })
})

describe('errorOf', () => {
  it('takes code and wait of the first error', () => {
    const extensions = { code: 'OVERLOADED', retryAfterMs: 700 }
    expect(errorOf([{ message: 'Too much.', extensions }, { message: 'x' }])).toMatchObject({
      code: 'OVERLOADED',
      message: 'Too much.',
      retryAfterMs: 700,
      isFinal: false,
    })
  })

  it('is a fault of the server where no code is given', () => {
    expect(errorOf([{ message: 'x' }]).code).toBe('INTERNAL_SERVER_ERROR')
  })
})
