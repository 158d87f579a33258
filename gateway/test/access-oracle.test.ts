import { fail } from '@headcount/errors'
import {
  buildSchema,
  execute,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  parse,
} from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hallOf, things, venueGraph } from './graph.ts'
import { createTokens, type Served, serve, type Tokens } from './support.ts'

// The schema as clients see it, the data as a plain tree, and what each field asks for, written down once more.
const schema = buildSchema(`
  type Query { open: String!  halls: [Hall!]!  hall(id: ID!): Hall  things: [Thing!]!  anything: [Anything!]!  secretCode: Code }
  type Hall { id: ID!  name: String!  capacity: Int  door: Door!  doors: [Door!]!  next: String  price: Int }
  type Door { id: ID!  key: String!  colour: String }
  interface Thing { id: ID!  label: String }
  type Lamp implements Thing { id: ID!  label: String  watts: Int }
  type Safe implements Thing { id: ID!  label: String  content: String }
  type Ledger { id: ID!  total: Int! }
  union Anything = Lamp | Safe | Ledger
  scalar Code
`)
const whole = (id: string) => ({ ...hallOf(id), next: `next at ${id}`, price: 12 })
const rootValue = {
  open: 'open',
  halls: [whole('a'), whole('b')],
  hall: whole('a'),
  things: things().things(),
  anything: things().anything(),
  secretCode: '1234',
}
const needed: Record<string, string[]> = {
  'Query.halls': [''],
  'Query.hall': [''],
  'Query.secretCode': ['code:read'],
  'Hall.capacity': ['hall:read', 'plan:read plan:size'],
  'Hall.price': ['price:read'],
  'Door.key': ['door:key'],
  'Safe.label': ['safe:read'],
  'Safe.content': ['safe:read'],
  'Ledger.id': ['ledger:read'],
  'Ledger.total': ['ledger:read'],
}
const scopes = [
  'hall:read',
  'plan:read',
  'plan:size',
  'price:read',
  'door:key',
  'safe:read',
  'ledger:read',
  'code:read',
]

function holds(held: readonly string[] | undefined, coordinate: string): boolean {
  const sets = needed[coordinate]
  if (!sets) return true
  return (
    held !== undefined &&
    sets.some((set) => set.split(' ').every((scope) => scope === '' || held.includes(scope)))
  )
}

/** What must come out: graphql-js over the plain tree, refusing field by field. */
function oracle(query: string, held: readonly string[] | undefined) {
  return execute({
    schema,
    document: parse(query),
    rootValue,
    fieldResolver: (...call) => {
      const [source, , , { parentType, fieldName }] = call
      const code = held ? 'FORBIDDEN' : 'UNAUTHENTICATED'
      if (!holds(held, `${parentType.name}.${fieldName}`)) throw fail(code, '')
      return (source as Record<string, unknown>)[fieldName]
    },
  }) as { data?: unknown; errors?: readonly { path?: readonly unknown[]; extensions: { code?: unknown } }[] }
}

/** A small generator with a seed (mulberry32), so that a case that fails can be run again. */
function random(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { chance: (share: number) => next() < share }
}

/** A random valid operation: aliases, fragments of both kinds, type conditions, conditions. */
function randomOperation({ chance }: ReturnType<typeof random>): string {
  const fragments: string[] = []
  const set = (typeName: string, depth: number): string => {
    const type = schema.getType(typeName)
    if (!type || !isCompositeType(type)) return ''
    const fields = 'getFields' in type ? Object.values(type.getFields()) : []
    const parts = fields
      .filter(() => chance(0.4))
      .flatMap((field) => {
        const named = getNamedType(field.type)
        if (isCompositeType(named) && depth <= 0) return []
        const argument = field.name === 'hall' ? '(id: "a")' : ''
        const alias = chance(0.2) ? `${field.name}Again: ` : ''
        const condition = chance(0.1) ? ` @skip(if: ${chance(0.5)})` : ''
        return [
          `${alias}${field.name}${argument}${condition} ${isCompositeType(named) ? set(named.name, depth - 1) : ''}`,
        ]
      })
    if (chance(0.3) || parts.length === 0) parts.push('__typename')
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : []
    for (const object of possible) {
      if (!chance(isAbstractType(type) ? 0.7 : 0.15)) continue
      const inner = set(object.name, depth - 1)
      if (chance(0.5)) parts.push(`... on ${object.name} ${inner}`)
      else {
        const name = `F${fragments.length}`
        fragments.push('')
        fragments[Number(name.slice(1))] = `fragment ${name} on ${object.name} ${inner}`
        parts.push(`...${name}`)
      }
    }
    return `{ ${parts.join(' ')} }`
  }
  return `query ${set('Query', 3)} ${fragments.join(' ')}`
}

const seed = Number(process.env.HEADCOUNT_SEED ?? Date.now() % 1_000_000)
const cases = 300
let tokens: Tokens
let served: Served
beforeAll(async () => {
  tokens = await createTokens()
  served = await serve(venueGraph().all, 'in-process', { tokens })
})
afterAll(() => served.close())

const normal = (
  errors: readonly { path?: readonly unknown[] | undefined; extensions: { code?: unknown } }[] = [],
) => errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).sort()

test(`what a viewer may not read is refused as graphql-js would, in ${cases} random operations (HEADCOUNT_SEED=${seed})`, async () => {
  let refusals = 0
  for (let number = 0; number < cases; number += 1) {
    const source = random(seed + number)
    const query = randomOperation(source)
    const held = source.chance(0.15) ? undefined : scopes.filter(() => source.chance(0.5))
    const headers: Record<string, string> = held
      ? { authorization: `Bearer ${await tokens.withScopes(held.join(' '))}` }
      : {}
    const { body } = await served.post({ query }, headers)
    const expected = oracle(query, held)
    const what = `seed ${seed + number}, scopes ${held?.join(' ')}: ${query}`
    expect(body.data, what).toEqual(expected.data)
    // An answer lists no more than 100.
    if ((expected.errors?.length ?? 0) <= 100)
      expect(normal(body.errors), what).toEqual(normal(expected.errors))
    refusals += expected.errors?.length ?? 0
  }
  expect(refusals).toBeGreaterThan(cases / 4)
}, 60_000)
