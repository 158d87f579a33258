import type { Viewer } from '@headcount/access'
import { parse } from 'graphql'
import { liveDirectives } from '../counts.ts'
import { hashText, type Random } from '../differential/random.ts'
import type { Context, TestSubgraph } from '../support.ts'

/** What a resolver reads of its viewer. */
type Depends = 'nothing' | 'organization' | 'event' | 'viewer'

interface Field {
  readonly name: string
  readonly depends: Depends
  /** As the schema has it; never wider than `depends` allows. */
  readonly audience: string
  readonly scope: string | undefined
  /** The type of its objects; undefined = a text. */
  readonly type: Type | undefined
  readonly isList: boolean
}

interface Type {
  readonly name: string
  readonly fields: readonly Field[]
}

/** A graph whose resolvers depend on their viewers in ways that its schema tells truthfully. */
export interface RandomGraph {
  readonly subgraphs: readonly TestSubgraph[]
  /** Selects something of the state, always with its position; nothing that depends on the viewer where it shall be shared. */
  selection(random: Random, isShared: boolean): string
  /** What a message to an organization's channel carries at a version. */
  messageData(organizationId: string, version: number): object
  /** The version that resolvers answer with. */
  version: number
}

export const scopes = ['a:read', 'b:read', 'c:read'] as const

const wideEnough: Readonly<Record<Depends, readonly string[]>> = {
  nothing: ['PUBLIC', 'PUBLIC', 'ORGANIZATION', 'VIEWER'],
  organization: ['ORGANIZATION', 'ORGANIZATION', 'ORGANIZATION', 'VIEWER'],
  event: ['ORGANIZATION', 'ORGANIZATION', 'VIEWER'],
  viewer: ['VIEWER', ''],
}

function randomField(random: Random, name: string, types: readonly Type[]): Field {
  const type = types.length > 0 && random.chance(0.4) ? random.pick(types) : undefined
  const depends: Depends = random.chance(0.2)
    ? 'viewer'
    : random.pick(['nothing', 'organization', 'event'] as const)
  return {
    name,
    depends,
    audience: random.pick(wideEnough[depends]),
    scope: random.chance(0.3) ? random.pick(scopes) : undefined,
    type,
    isList: type !== undefined && random.chance(0.4),
  }
}

function randomType(random: Random, name: string, types: readonly Type[]): Type {
  const count = random.between(2, 4)
  return { name, fields: Array.from({ length: count }, (_, at) => randomField(random, `f${at}`, types)) }
}

function fieldSdl({ name, audience, scope, type, isList }: Field): string {
  const named = type?.name ?? 'String'
  const by = audience === '' ? '' : ` @audience(by: ${audience})`
  const access = scope === undefined ? '' : ` @requiresScopes(scopes: [["${scope}"]])`
  return `${name}: ${isList ? `[${named}!]` : named}${by}${access}`
}

function typeSdl({ name, fields }: Type, rest = ''): string {
  return `type ${name} { ${rest} ${fields.map(fieldSdl).join('  ')} }`
}

/** What a field shows of what it depends on; a viewer may be one for whom it fails. */
function leaf({ name, depends }: Field, at: string, viewer: Viewer | undefined): string {
  if (depends === 'nothing') return `${name} of ${at}`
  if (depends === 'organization') return `${name} of ${at} for ${viewer?.organizationId}`
  if (depends === 'event') return `${name} of ${at} for ${viewer?.organizationId} at ${viewer?.eventId}`
  const text = `${name} of ${at} for ${viewer?.id} with ${viewer?.scopes.join()}`
  if (hashText(1, text) % 7 === 0) throw new Error('not for you')
  return text
}

type Resolve = (args: unknown, context: Pick<Context, 'viewer'>) => unknown

function objectOf(type: Type, at: string): Record<string, Resolve | string> {
  const resolvers = type.fields.map((field): [string, Resolve] => [
    field.name,
    (_args, { viewer }) => {
      const text = leaf(field, at, viewer)
      if (!field.type) return text
      const inner = objectOf(field.type, text)
      return field.isList ? [inner, objectOf(field.type, `${text} again`)] : inner
    },
  ])
  return { __typename: type.name, ...Object.fromEntries(resolvers) }
}

/** The part of a type that messages carry, as a selection; '' = nothing of it. */
function carriedOf(type: Type, random: Random, depth = 0): string {
  return type.fields
    .flatMap((field) => {
      // A channel is an organization's, so a message knows of nothing narrower.
      if (field.depends === 'viewer' || field.depends === 'event' || random.chance(0.25)) return []
      if (!field.type) return [field.name]
      const inner = depth < 3 ? carriedOf(field.type, random, depth + 1) : ''
      return inner === '' ? [] : [`${field.name} { ${inner} }`]
    })
    .join(' ')
}

function selected(type: Type, random: Random, how: { isShared: boolean; depth?: number }): string {
  const { isShared, depth = 0 } = how
  const isChosen = ({ audience }: Field) => !isShared || audience === 'PUBLIC' || audience === 'ORGANIZATION'
  const chosen = type.fields.filter((field) => isChosen(field) && random.chance(0.6))
  const parts = chosen.flatMap(({ name, type: inner }) => {
    if (!inner) return [random.chance(0.2) ? `a${name}: ${name}` : name]
    return depth < 3 ? [`${name} { ${selected(inner, random, { isShared, depth: depth + 1 })} }`] : []
  })
  return ['__typename', ...parts].join(' ')
}

interface Selected {
  readonly selections: readonly { name: { value: string }; selectionSet?: Selected }[]
}

function held(type: Type, set: Selected, at: { text: string; viewer: Viewer }): object {
  const all = objectOf(type, at.text)
  return Object.fromEntries(
    set.selections.map(({ name: { value: name }, selectionSet }) => {
      const field = type.fields.find((one) => one.name === name)
      if (!field) throw new Error(`no field ${name}`)
      const text = leaf(field, at.text, at.viewer)
      const { type: inner } = field
      if (!inner || !selectionSet) return [name, (all[name] as Resolve)({}, { viewer: at.viewer })]
      const one = held(inner, selectionSet, { ...at, text })
      if (!field.isList) return [name, one]
      return [name, [one, held(inner, selectionSet, { ...at, text: `${text} again` })]]
    }),
  )
}

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes", "@composeDirective"])'
const position =
  'seq: Int! @audience(by: PUBLIC)  asOf: String! @audience(by: PUBLIC)  reset: Boolean! @audience(by: PUBLIC)  thing: Thing @audience(by: PUBLIC)'

/** Draws a graph of two subgraphs: a state, of which messages carry some, and an entity that another subgraph adds to. */
export function randomGraph(random: Random): RandomGraph {
  const inner: Type[] = []
  for (let count = 0; count < 3; count += 1) inner.push(randomType(random, `Part${count}`, inner))
  const state = randomType(random, 'State', inner)
  const thing = randomType(random, 'Thing', [])
  const carried = carriedOf(state, random)
  const isThingCarried = random.chance(0.6)
  const carries = `seq asOf reset ${isThingCarried ? 'thing { id }' : ''} ${carried}`
  const rootAudience = random.chance(0.9) ? '@audience(by: ORGANIZATION)' : ''
  const rootAccess = random.chance(0.3) ? `@requiresScopes(scopes: [["${random.pick(scopes)}"]])` : ''
  const graph: { version: number } = { version: 1 }
  const core: TestSubgraph = {
    name: 'core',
    asked: [],
    typeDefs: parse(`${link} ${liveDirectives}
      type Query { state(id: ID!): State ${rootAudience} ${rootAccess} }
      type Subscription {
        changed(id: ID!, minIntervalMs: Int! = 0, afterSeq: Int): State ${rootAudience} ${rootAccess}
          @topic(name: "state:{id}", snapshot: "state(id: $id)", carries: "${carries}")
      }
      ${typeSdl(state, position)}
      ${inner.map((type) => typeSdl(type)).join('\n')}
      type Thing @key(fields: "id") { id: ID! @audience(by: PUBLIC) }`),
    resolvers: {
      Query: {
        state: () => ({
          ...objectOf(state, `version ${graph.version}`),
          ...{
            seq: graph.version,
            asOf: asOfVersion(graph.version),
            reset: false,
            thing: { __typename: 'Thing', id: 't1' },
          },
        }),
      },
    },
  }
  const extra: TestSubgraph = {
    name: 'extra',
    asked: [],
    typeDefs: parse(`${link} ${liveDirectives}
      type Query { unused: Int }
      ${typeSdl(thing, 'id: ID! @audience(by: PUBLIC)').replace('type Thing', 'type Thing @key(fields: "id")')}`),
    resolvers: {
      Thing: { __resolveReference: ({ id }: { id: string }) => ({ ...objectOf(thing, id), id }) },
    },
  }
  return Object.assign(graph, {
    subgraphs: [core, extra],
    selection(draw: Random, isShared: boolean) {
      const inner = draw.chance(0.5) ? `thing { ${selected(thing, draw, { isShared })} }` : ''
      return `seq ${selected(state, draw, { isShared })} ${inner}`
    },
    messageData(organizationId: string, version: number) {
      const viewer: Viewer = { kind: 'service', id: 'publisher', organizationId, scopes: ['*'] }
      const thingHeld = isThingCarried ? { thing: { id: 't1' } } : {}
      if (carried === '') return thingHeld
      const [definition] = parse(`{ ${carried} }`).definitions
      const { selectionSet } = definition as unknown as { selectionSet: Selected }
      return { ...held(state, selectionSet, { text: `version ${version}`, viewer }), ...thingHeld }
    },
  })
}

/** When a version was there. */
export function asOfVersion(version: number): string {
  return new Date(Date.UTC(2026, 10, 22, 18, 0, version)).toISOString()
}
