import { describe, expect, test } from 'vitest'
import { tokenFinder } from './find-token.ts'

describe('the header of a token', () => {
  const standard = tokenFinder([{}])
  test.each([
    ['Bearer abc', 'abc'],
    ['bearer   abc', 'abc'],
    ['BEARER abc ', 'abc'],
  ])('"%s" has a token', (authorization, token) => {
    expect(standard({ authorization })).toBe(token)
  })

  test.each(['Bearer', 'Bearer ', 'Basic abc', 'Bearerabc', 'Bearer a b', ''])(
    '"%s" has none, and says so',
    (authorization) => {
      expect(() => standard({ authorization })).toThrow(
        'The header must be "Authorization: Bearer" and an access token.',
      )
    },
  )

  test('may have another name and no prefix, and is looked for in turn', () => {
    const find = tokenFinder([{ headerName: 'X-Token', headerPrefix: '' }, {}])
    expect(find({})).toBeUndefined()
    expect(find({ 'x-token': 'abc' })).toBe('abc')
    expect(find({ authorization: 'Bearer def' })).toBe('def')
    expect(find({ 'x-token': 'a b', authorization: 'Bearer def' })).toBe('def')
    expect(() => find({ 'x-token': '' })).toThrow('The header "x-token" must be an access token.')
  })
})
