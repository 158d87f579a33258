import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it, test } from 'vitest'
import { textWithoutValues } from './without-values.ts'

const schema = buildSchema(`
  directive @note(text: String, filter: Filter, any: Any) repeatable on FIELD | QUERY | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
  scalar Any
  type Query {
    find(id: ID, n: Int!, x: Float, text: String, flag: Boolean, status: Status, filter: Filter, filters: [Filter!], ids: [[ID!]!], any: Any, anys: [Any], one: One): Query
    name: String
  }
  type Subscription { changed(text: String!): Query }
  enum Status { DRAFT LIVE }
  input Filter { text: String, n: Int! = 3, status: Status, any: Any, not: Filter, all: [Filter!], ids: [ID!] }
  input One @oneOf { text: String, n: Int }
`)

const without = (text: string) => textWithoutValues(schema, parse(text, { noLocation: true }))

/** Texts of one line are easier to compare. */
const line = (text: string) => without(text).replaceAll(/\s+/g, ' ')

describe('textWithoutValues', () => {
  it('has one variable for all literals of a type, so that equal ones tell nothing', () => {
    const text = line(
      '{ find(n: 1, text: "a") { a: find(n: 2) { name } b: find(n: 1, text: "a") { name } } }',
    )
    expect(text).toBe(
      'query ($value_0: Int!, $value_1: String) { find(n: $value_0, text: $value_1) { a: find(n: $value_0) { name } b: find(n: $value_0, text: $value_1) { name } } }',
    )
  })

  it('takes whole literals of inputs, and what is around variables in them', () => {
    expect(line('{ find(n: 1, filter: { text: "a", all: [{ n: 2 }] }) { name } }')).toContain(
      'filter: $value_1',
    )
    expect(
      line('query ($t: String) { find(n: 1, filters: [{ n: 4 }, { text: $t, ids: "x", n: 2 }]) { name } }'),
    ).toContain('filters: [$value_1, {text: $t, ids: $value_2, n: $value_0}]')
  })

  it('takes a scalar of the schema’s own as a whole, with the variables in it', () => {
    expect(line('query ($t: String) { find(n: 1, any: { someone: $t }) { name } }')).toBe(
      'query ($value_0: Int!, $value_1: Any) { find(n: $value_0, any: $value_1) { name } }',
    )
  })

  it('drops defaults, and lets their variables stand where they stood', () => {
    expect(line('query ($n: Int = 7, $t: String = null) { find(n: $n, text: $t) { name } }')).toBe(
      'query ($n: Int!, $t: String) { find(n: $n, text: $t) { name } }',
    )
  })

  it('keeps names of its own from those of the client', () => {
    expect(line('query ($value_0: Int!) { find(n: $value_0, text: "a") { name } }')).toBe(
      'query ($value_0: Int!, $value__0: String) { find(n: $value_0, text: $value__0) { name } }',
    )
  })

  it('is the same for what is written otherwise, and another for another name or selection', () => {
    const text = without('query A { find(n: 1) { name } }')
    expect(without('# one\nquery A{find(n:2){name}}')).toBe(text)
    expect(without('query B { find(n: 1) { name } }')).not.toBe(text)
    expect(without('query A { find(n: 1) { find(n: 1) { name } } }')).not.toBe(text)
  })
})

/** Numbers by chance that come again. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

/** Something that no schema has: letters for names, digits for numbers. */
const letters = (random: (below: number) => number) => `zq${random(1_000_000).toString(36)}zq`
const digits = (random: (below: number) => number) => `777${100_000 + random(900_000)}`

/** A document with something of a client's own in every place that takes a value. */
function planted(seed: number, shape: number): string {
  const random = chance(seed)
  const form = chance(shape)
  const word = () => letters(random)
  const text = (): string => (random(2) === 0 ? `"${word()}"` : `"""\n  ${word()}\n"""`)
  const list = (one: () => string) => `[${Array.from({ length: random(3) }, one).join(', ')}]`
  const any = (): string =>
    [text, () => digits(random), () => `${word()}`, () => `{ ${word()}: ${text()} }`, () => list(any)][
      random(5)
    ]?.() ?? ''
  const filter = (depth: number): string => {
    const fields = [
      `text: ${text()}`,
      `n: ${digits(random)}`,
      `status: LIVE`,
      `any: ${any()}`,
      `ids: ${random(2) === 0 ? text() : list(text)}`,
      ...(depth > 0 ? [`not: ${filter(depth - 1)}`, `all: ${list(() => filter(depth - 1))}`] : []),
    ]
    return `{ ${fields.filter(() => random(3) > 0).join(', ')} }`
  }
  const half = () =>
    `{ text: ${form(2) === 0 ? '$text' : text()}, n: ${digits(random)}, not: { text: $text, any: ${any()} } }`
  const note = () => (form(2) === 0 ? `@note(text: ${text()}, filter: ${filter(1)}, any: ${any()})` : '')
  const field = (depth: number): string => {
    const inner =
      depth > 0
        ? Array.from({ length: 1 + form(2) }, (_, at) => `f${at}: ${field(depth - 1)}`).join('\n')
        : 'name'
    const args = [
      `n: ${form(3) === 0 ? '$n' : digits(random)}`,
      ...[
        `id: ${text()}`,
        `x: ${digits(random)}.${digits(random)}e2`,
        `text: ${text()}`,
        `filter: ${form(2) === 0 ? filter(2) : half()}`,
        `filters: [${half()}]`,
        `ids: [["${word()}"], ${text()}]`,
        `any: ${any()}`,
        `anys: ${list(any)}`,
        `one: { ${form(2) === 0 ? `text: ${text()}` : `n: ${digits(random)}`} }`,
      ].filter(() => form(2) === 0),
    ]
    return `find(${args.join(', ')}) ${note()} { # ${word()}\n ${inner} ...F ${note()} }`
  }
  return `# ${word()}
    query Named($n: Int! = ${digits(random)} @note(text: ${text()}), $text: String = ${text()}, $unset: Filter = ${filter(1)}) ${note()} {
      used: find(n: $n, text: $text, filter: $unset) { name }
      root: ${field(2)}
    }
    fragment F on Query ${note()} { last: find(n: ${digits(random)}, text: ${text()}) { name } }`
}

test('no value that a client has put anywhere in 500 documents is in their texts, which are valid', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const source = planted(seed, seed)
    expect(validate(schema, parse(source)), source).toEqual([])
    const text = without(source)
    expect(text, source).not.toMatch(/zq|777|"|#/)
    expect(validate(schema, parse(text)), text).toEqual([])
  }
})

test('what differs in values alone is one text', () => {
  for (let shape = 1; shape <= 200; shape += 1) {
    expect(without(planted(7 * shape, shape))).toBe(without(planted(11 * shape, shape)))
  }
})
