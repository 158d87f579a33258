import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isUnionType,
  parse,
  validate,
} from 'graphql'
import { fieldModel, isMissing, resolveField, type Situation, type Source } from './data.ts'
import type { Execute } from './engine-under-test.ts'
import type { FieldModel, KeyPaths, Required, SubgraphModel, World } from './world/world.ts'

/** What the running case needs of data: one case runs at a time, as mutations are counted. */
export interface Stage {
  situation: Situation
}

type Representation = Readonly<Record<string, unknown>>

/** A subgraph is asked for something that a right gateway never asks for. */
function misuse(message: string): GraphQLError {
  return new GraphQLError(`MISUSE: ${message}`, { extensions: { code: 'MISUSE' } })
}

function valueAt(representation: Representation, path: readonly string[]): unknown {
  let value: unknown = representation
  for (const key of path) value = (value as Representation | null | undefined)?.[key]
  return value
}

/** Reads an entity's type and number back from a key's values. */
function identify(world: World, type: string, values: readonly unknown[]): Source | undefined {
  for (const value of values) {
    const [, name, number] = /(?:^|\/)(\w+)[:/](\d+)$/.exec(String(value)) ?? []
    // A nested key may go through another type, whose objects have the same number.
    if (name !== undefined) return { type: world.objects[type] ? type : name, number: Number(number) }
    if (typeof value === 'number') return { type, number: value }
  }
  return undefined
}

function resolveReference(
  representation: Representation,
  model: SubgraphModel,
  situation: Situation,
): unknown {
  const name = String(representation['__typename'])
  const isWhole = (paths: KeyPaths) => paths.every((path) => valueAt(representation, path) != null)
  const key = model.keys[name]?.find(isWhole)
  if (!key) return misuse(`${model.name} got no key of ${name}: ${JSON.stringify(representation)}`)
  const source = identify(
    situation.world,
    name,
    key.map((path) => valueAt(representation, path)),
  )
  if (!source) return misuse(`${model.name} can't read ${JSON.stringify(representation)}`)
  if (isMissing(source, model.name, situation)) return null
  const isInterface = model.interfaceObjects.includes(name)
  return { ...source, representation, ...(isInterface ? { knownAs: name } : {}) } satisfies Source
}

/** Takes what `@requires` asks for, and nothing else, out of a representation. */
function pickRequired(value: unknown, required: readonly Required[]): unknown {
  if (Array.isArray(value)) return value.map((item) => pickRequired(item, required))
  if (typeof value !== 'object' || value === null) return value
  const picked: Record<string, unknown> = {}
  for (const { name, selections } of required) {
    const item = (value as Representation)[name]
    if (item === undefined) throw misuse(`a representation lacks ${name}`)
    picked[name] = selections ? pickRequired(item, selections) : item
  }
  return picked
}

function provide(value: unknown, provided: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => provide(item, provided))
  if (typeof value !== 'object' || value === null || value instanceof Error) return value
  return { ...value, provided }
}

function bar(model: SubgraphModel, source: Source, info: GraphQLResolveInfo): void {
  const name = `${info.parentType.name}.${info.fieldName}`
  const barred = model.barred[name]
  if (barred === undefined || source.provided?.includes(info.fieldName)) return
  throw misuse(`${model.name} was asked for ${name}, which is ${barred} there`)
}

/** What a field requires, from the representation; undefined where the subgraph itself has it, by `@provides`. */
function requiredOf(field: FieldModel, { representation, provided }: Source): unknown {
  if (!field.requires) return undefined
  if (field.requires.every(({ name }) => provided?.includes(name))) return undefined
  if (!representation) throw misuse(`${field.name} was asked for without what it requires`)
  return pickRequired(representation, field.requires)
}

/** Resolves all fields of a subgraph. */
function fieldResolver(
  model: SubgraphModel,
  stage: Stage,
): GraphQLFieldResolver<Source | undefined, unknown> {
  return (parent, args, _context, info) => {
    const { situation } = stage
    const source = parent ?? { type: info.parentType.name, number: 0 }
    bar(model, source, info)
    const field = fieldModel(situation.world, source.type, info.fieldName)
    const asked = { source, field, args }
    const provided = model.provides[`${info.parentType.name}.${info.fieldName}`]
    const required = isMissing(source, model.name, situation) ? undefined : requiredOf(field, source)
    const value = resolveField(required === undefined ? asked : { ...asked, required }, situation)
    return provided ? provide(value, provided) : value
  }
}

const typeResolver: GraphQLTypeResolver<Source, unknown> = ({ type, knownAs }) => knownAs ?? type

function buildSchema(model: SubgraphModel, stage: Stage): GraphQLSchema {
  const schema = buildSubgraphSchema(parse(model.sdl))
  const entities = schema.getQueryType()?.getFields()['_entities']
  if (entities) {
    entities.resolve = (_source, args: { representations: readonly Representation[] }) =>
      args.representations.map((it) => resolveReference(it, model, stage.situation))
  }
  const entity = schema.getType('_Entity')
  if (isUnionType(entity)) entity.resolveType = undefined
  return schema
}

/** Runs a subgraph in this process, documents parsed and checked once. */
export function openSubgraph(model: SubgraphModel, stage: Stage): Execute {
  const schema = buildSchema(model, stage)
  const resolve = fieldResolver(model, stage)
  const documents = new Map<string, DocumentNode | readonly GraphQLError[]>()
  const read = (query: string) => {
    const document = parse(query)
    const errors = validate(schema, document)
    return errors.length > 0 ? errors : document
  }
  return async ({ query, variables, operationName }) => {
    const document = documents.get(query) ?? read(query)
    documents.set(query, document)
    if (!('kind' in document)) {
      return { errors: document.map(({ message }) => misuse(`${model.name} can't run ${query}: ${message}`)) }
    }
    const { data, errors } = await execute({
      schema,
      document,
      variableValues: variables,
      operationName,
      fieldResolver: resolve,
      typeResolver,
    })
    return { data, errors }
  }
}
