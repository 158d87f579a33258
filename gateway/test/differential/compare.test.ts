import { GraphQLError } from 'graphql'
import { describe, expect, test } from 'vitest'
import { compare } from './compare.ts'
import type { ClientAnswer } from './engine-under-test.ts'
import type { Expected } from './oracle.ts'

/** `{ a { b! c! } list }`: both of `a`'s fields are wrong, so `a` is null. */
const expected: Expected = {
  data: { a: null, list: [1, 2] },
  errors: [new GraphQLError('thrown', { path: ['a', 'b'] })],
  faults: new Map([
    ['/a/b', 'thrown'],
    ['/a/c', undefined],
  ]),
  hidden: [],
}

const right: ClientAnswer = {
  data: { a: null, list: [1, 2] },
  errors: [{ message: 'thrown', path: ['a', 'b'] }],
}

const rule = (answer: ClientAnswer) => compare(expected, answer)?.rule

describe('the comparison', () => {
  test('takes the same data and errors for equal', () => {
    expect(rule(right)).toBe(undefined)
  })

  test('takes another fault under the same null for equal', () => {
    expect(rule({ ...right, errors: [{ message: 'a null', path: ['a', 'c'] }] })).toBe(undefined)
  })

  test('sees an answer without data', () => {
    expect(rule({ errors: right.errors })).toBe('no-data')
  })

  test.each([
    ['another value', { a: null, list: [1, 3] }],
    ['a missing key', { list: [1, 2] }],
    ['another order in a list', { a: null, list: [2, 1] }],
    ['an object where null must be', { a: {}, list: [1, 2] }],
  ])('sees %s', (_name, data) => {
    expect(rule({ ...right, data })).toBe('data')
  })

  test('sees keys in another order', () => {
    expect(rule({ ...right, data: { list: [1, 2], a: null } })).toBe('order')
  })

  test('lets lists under introspection be in any order', () => {
    const names = (...list: string[]) => ({ schema0: { fields: list.map((name) => ({ name })) } })
    const introspected = { data: names('a', 'b'), errors: [], faults: new Map(), hidden: [] }
    expect(compare(introspected, { data: names('b', 'a') })).toBe(undefined)
    expect(compare(introspected, { data: names('a', 'c') })?.rule).toBe('data')
  })

  test('lets an error be at a key that the object in the answer does not have', () => {
    const error = (path: string[]) => ({
      data: right.data,
      errors: [...(right.errors ?? []), { message: 'x', path }],
    })
    expect(rule(error(['other', 'x']))).toBe(undefined)
    expect(rule(error(['list']))).toBe('error-invented')
  })

  test('lets a field have another value that requires what a fault took along, and those beside it be null', () => {
    const taken: Expected = {
      data: { a: { from: null, r: 1, other: 2 } },
      errors: [new GraphQLError('thrown', { path: ['a', 'from', 'b'] })],
      faults: new Map([['/a/from/b', 'thrown']]),
      hidden: [],
    }
    const errors = [{ message: 'thrown', path: ['a', 'from', 'b'] }]
    const answer = (a: unknown) => compare(taken, { data: { a }, errors }, new Set(['r']))?.rule
    expect(answer({ from: null, r: null, other: 2 })).toBe(undefined)
    expect(answer(null)).toBe(undefined)
    expect(answer({ from: null, r: null, other: 3 })).toBe('data')
    const failed = { message: 'null', path: ['a', 'r'] }
    const other = { message: 'null', path: ['a', 'other'] }
    const given = { data: { a: null } }
    expect(compare(taken, { ...given, errors: [...errors, failed] }, new Set(['r']))).toBe(undefined)
    expect(compare(taken, { ...given, errors: [...errors, other] }, new Set(['r']))?.rule).toBe(
      'error-invented',
    )
    expect(answer({ from: null, r: { any: 1 }, other: 2 })).toBe(undefined)
    expect(answer({ from: null, r: 1, other: null })).toBe(undefined)
    expect(compare({ ...taken, errors: [] }, { data: { a: null } }, new Set(['r']))?.rule).toBe('data')
  })

  test('lets an object be where such a field took it along, beside another fault alone', () => {
    const fault = (...path: string[]) => new GraphQLError('thrown', { path: ['a', ...path] })
    const rule = (...errors: GraphQLError[]) => {
      const nothing: Expected = {
        data: { a: null },
        errors,
        faults: new Map([['/a/b', 'thrown']]),
        hidden: [],
      }
      const answer = { data: { a: { b: null, r: 2 } }, errors: [{ message: 'thrown', path: ['a', 'b'] }] }
      return compare(nothing, answer, new Set(['r']))?.rule
    }
    expect(rule(fault('r'), fault('b'))).toBe(undefined)
    expect(rule(fault('b'))).toBe('data')
    expect(rule(fault('r'))).toBe('data')
  })

  test('lets an error be within an object of a hidden type', () => {
    const errors = [...(right.errors ?? []), { message: 'x', path: ['a', 'd', 'e'] }]
    expect(rule({ ...right, errors })).toBe('error-invented')
    expect(compare({ ...expected, hidden: ['/a/d'] }, { ...right, errors })).toBe(undefined)
  })

  test('sees an error that is lost', () => {
    expect(rule({ data: right.data })).toBe('error-lost')
  })

  test.each([
    ['at a path without a fault', ['list', 0]],
    ['above the fault', ['a']],
    ['without a path', undefined],
  ])('sees an error %s', (_name, path) => {
    const errors = [...(right.errors ?? []), { message: 'other', path }]
    expect(rule({ ...right, errors })).toBe('error-invented')
  })

  test('sees that a resolver’s message was lost', () => {
    expect(rule({ ...right, errors: [{ message: 'something else', path: ['a', 'b'] }] })).toBe('message-lost')
  })

  test('sees that a subgraph was misused, whatever the data are', () => {
    expect(rule({ ...right, errors: [{ message: 'MISUSE: asked for an external field' }] })).toBe('misuse')
  })
})
