// The value of every field is a function of its object, its arguments and a seed: all subgraphs and the oracle agree.
import { GraphQLError } from 'graphql'
import { hashText, isWithin, mix } from './random.ts'
import type { FieldModel, ObjectModel, Required, Shape, World } from './world/world.ts'

/** An object of the data. */
export interface Source {
  /** Its object type. */
  readonly type: string
  /** Of an entity a small number, of a value any. */
  readonly number: number
  /** What a gateway said of it, in a subgraph. */
  readonly representation?: Readonly<Record<string, unknown>>
  /** The type that a subgraph knows it by, where that is an `@interfaceObject`. */
  readonly knownAs?: string
  /** External fields that a subgraph may answer on this path. */
  readonly provided?: readonly string[]
}

/** Everything besides the schema that data follow from. */
export interface Situation {
  readonly world: World
  readonly seed: number
  /** Whether resolvers fail now and then. */
  readonly hasFaults: boolean
  /** A null where none may be is an error in its place, so that the oracle lists them all. */
  readonly areNullsErrors: boolean
  /** Mutation fields begun so far: their values depend on it, so that order and repetition show. */
  mutations: number
}

const entitiesOfAType = 6
const probability = { null: 0.09, throw: 0.03, wrongNull: 0.03, missing: 0.12, hidden: 0.1 }

/** Keys in order, so that equal arguments have equal texts. */
export function stableText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableText).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${key}:${stableText(item)}`).join()}}`
}

function objectModel(world: World, type: string): ObjectModel {
  const model = world.objects[type]
  if (!model) throw new Error(`There is no type ${type}.`)
  return model
}

export function fieldModel(world: World, type: string, name: string): FieldModel {
  const field = objectModel(world, type).fields[name]
  if (!field) throw new Error(`There is no field ${type}.${name}.`)
  return field
}

function keyValue(source: Source, field: FieldModel): unknown {
  switch (field.key?.kind) {
    case 'id':
      return `${source.type}:${source.number}`
    case 'text':
      return `${field.name}/${source.type}/${source.number}`
    case 'number':
      return source.number
    case 'region':
      return ['north', 'south', 'é"\\'][source.number % 3]
    case 'object':
      return { type: field.key.type, number: source.number }
    default:
      throw new Error(`${field.name} is no key.`)
  }
}

const jsonValues: readonly unknown[] = [
  {},
  [],
  { a: 1, b: [true, null, { c: 'd' }] },
  'text',
  0,
  false,
  [[1], [2, [3]]],
  { id: 'x', __typename: 'Nothing', n: null },
]

function scalarValue(name: string, hash: number): unknown {
  switch (name) {
    case 'Int':
      return (hash % 2001) - 1000
    case 'Float':
      return hash % 3 === 0 ? hash % 100 : (hash % 100_000) / 64
    case 'Boolean':
      return hash % 2 === 0
    case 'JSON':
      return jsonValues[hash % jsonValues.length]
    default:
      return hash % 11 === 0 ? ['', 'null', '"\\\n', '𝄞é\u2028'][hash % 4] : `v${hash.toString(36)}`
  }
}

interface Position {
  readonly field: FieldModel
  readonly situation: Situation
}

function objectValue(names: readonly string[], hash: number, { situation, field }: Position): Source {
  const { world, hasFaults } = situation
  const seen = names.filter((name) => !objectModel(world, name).isHidden)
  const mayHide = hasFaults && !field.isSafe && seen.length < names.length
  const isHidden = mayHide && isWithin(mix(hash, 5), probability.hidden)
  const choices = isHidden ? names.filter((name) => !seen.includes(name)) : seen
  const type = choices[mix(hash, 3) % choices.length]
  if (type === undefined) throw new Error('No object type is possible.')
  const { kind } = objectModel(world, type)
  const number = mix(hash, 4)
  return { type, number: kind === 'entity' ? number % entitiesOfAType : number }
}

function namedValue(name: string, hash: number, position: Position): unknown {
  const { world, hasFaults } = position.situation
  const model = world.enums[name]
  if (model) {
    const isHidden = hasFaults && !position.field.isSafe && isWithin(mix(hash, 6), probability.hidden)
    const values = isHidden && model.hidden.length > 0 ? model.hidden : model.values
    return values[mix(hash, 3) % values.length]
  }
  const members = position.field.members ?? (world.objects[name] ? [name] : undefined)
  if (members) return objectValue(members, hash, position)
  return scalarValue(name, mix(hash, 3))
}

function nullValue(shape: Shape, { situation }: Position): unknown {
  return shape.isNonNull && situation.areNullsErrors ? new GraphQLError('null') : null
}

function fault(shape: Shape, hash: number, position: Position): unknown {
  const chosen = mix(hash, 1)
  if (isWithin(chosen, probability.throw)) {
    return new GraphQLError(`fault ${hash.toString(36)}`, { extensions: { code: 'FAULT' } })
  }
  const isNull = shape.isNonNull && isWithin(chosen, probability.throw + probability.wrongNull)
  return isNull ? nullValue(shape, position) : undefined
}

function build(shape: Shape, hash: number, position: Position): unknown {
  if (position.situation.hasFaults && !position.field.isSafe) {
    const failed = fault(shape, hash, position)
    if (failed !== undefined) return failed
  }
  if (!shape.isNonNull && isWithin(mix(hash, 2), probability.null)) return null
  if (shape.kind === 'named') return namedValue(shape.name, hash, position)
  const length = [0, 1, 1, 2, 2, 2, 3, 4][mix(hash, 3) % 8]
  return Array.from({ length: length ?? 0 }, (_, index) => build(shape.of, mix(hash, 100 + index), position))
}

/** Whether a subgraph does not know an entity. */
export function isMissing(source: Source, subgraph: string, situation: Situation): boolean {
  if (!situation.hasFaults) return false
  const { missingIn } = objectModel(situation.world, source.type)
  if (!missingIn.includes(subgraph)) return false
  const hash = hashText(situation.seed, `${subgraph} misses ${source.type} ${source.number}`)
  return isWithin(hash, probability.missing)
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && 'type' in value && 'number' in value
}

function requiredValue(value: unknown, selections: readonly Required[], situation: Situation): unknown {
  if (Array.isArray(value)) return value.map((item) => requiredValue(item, selections, situation))
  return isSource(value) ? requiredValues(value, selections, situation) : value
}

/** What `@requires` asks of an object, as it stands in a representation. */
function requiredValues(source: Source, required: readonly Required[], situation: Situation) {
  const values: Record<string, unknown> = {}
  for (const { name, args, selections } of required) {
    const value = resolveField(
      { source, field: fieldModel(situation.world, source.type, name), args },
      situation,
    )
    values[name] = selections ? requiredValue(value, selections, situation) : value
  }
  return values
}

/** A field that is asked for. */
export interface Asked {
  readonly source: Source
  readonly field: FieldModel
  readonly args: Readonly<Record<string, unknown>>
  /** What the subgraph was given for `@requires`; the oracle looks it up. */
  readonly required?: unknown
}

/** The value of a field, as graphql-js takes it from a resolver: an Error in it fails its own position. */
export function resolveField({ source, field, args, required }: Asked, situation: Situation): unknown {
  if (field.key) return keyValue(source, field)
  const position = { field, situation }
  const [owner] = field.owners
  if (owner !== undefined && isMissing(source, owner, situation)) return nullValue(field.shape, position)
  let text = `${source.type} ${source.number} ${field.name} ${stableText(args)}`
  if (field.requires) text += stableText(required ?? requiredValues(source, field.requires, situation))
  if (source.type === 'Mutation') text += ` ${situation.mutations++}`
  return build(field.shape, hashText(situation.seed, text), position)
}
