import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLScalarType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** What a reader answers for a value that is wrong, or right in a way that is left to graphql-js. */
export const UNUSUAL = Symbol('unusual')

/** Reads a value of an input type; undefined where the value is not given. */
type Reader = (value: unknown) => unknown

/** The reader that leaves all to graphql-js. */
export const unusual: Reader = () => UNUSUAL

const isPlain: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
}

/**
 * Compiles a reader of plain values: those that JSON gives for the type without any coercion beside enum values and
 * custom scalars. Answers what graphql-js would make of them; `UNUSUAL` for all others.
 */
export function plainValue(type: GraphQLInputType): Reader {
  return readerOf(type, new Map())
}

type Readers = Map<GraphQLInputObjectType, Reader>

function readerOf(type: GraphQLInputType, readers: Readers): Reader {
  if (isNonNullType(type)) return given(nullableReaderOf(type.ofType, readers))
  const read = nullableReaderOf(type, readers)
  return (value) => (value === null ? null : value === undefined ? UNUSUAL : read(value))
}

function given(read: Reader): Reader {
  return (value) => (value === null || value === undefined ? UNUSUAL : read(value))
}

function nullableReaderOf(type: GraphQLInputType, readers: Readers): Reader {
  if (isNonNullType(type)) return unusual
  if (isListType(type)) return listReader(readerOf(type.ofType, readers))
  if (isInputObjectType(type)) return readers.get(type) ?? objectReader(type, readers)
  return isEnumType(type) ? enumReader(type) : scalarReader(type)
}

function scalarReader(type: GraphQLScalarType): Reader {
  const check = isPlain[type.name]
  if (check) return (value) => (check(value) ? value : UNUSUAL)
  return (value) => {
    try {
      const parsed = type.parseValue(value)
      return parsed === undefined ? UNUSUAL : parsed
    } catch {
      return UNUSUAL
    }
  }
}

function enumReader(type: GraphQLEnumType): Reader {
  return (value) => {
    const found = typeof value === 'string' ? type.getValue(value) : undefined
    return found ? found.value : UNUSUAL
  }
}

function listReader(read: Reader): Reader {
  return (value) => {
    if (!Array.isArray(value)) return UNUSUAL
    const items: unknown[] = []
    for (const item of value) {
      const one = read(item)
      if (one === UNUSUAL) return UNUSUAL
      items.push(one)
    }
    return items
  }
}

function objectReader(type: GraphQLInputObjectType, readers: Readers): Reader {
  if (type.isOneOf) return unusual
  const fields: { name: string; read: Reader; isOptional: boolean; otherwise: unknown }[] = []
  const names = new Set<string>()
  const reader: Reader = (value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return UNUSUAL
    const from = value as Record<string, unknown>
    for (const name in from) if (!names.has(name)) return UNUSUAL
    const into: Record<string, unknown> = {}
    for (const { name, read, isOptional, otherwise } of fields) {
      const own = from[name]
      if (own === undefined && isOptional) {
        if (otherwise !== undefined) into[name] = otherwise
        continue
      }
      const one = read(own)
      if (one === UNUSUAL) return UNUSUAL
      into[name] = one
    }
    return into
  }
  // Before its fields: a type may hold itself.
  readers.set(type, reader)
  for (const { name, type: fieldType, defaultValue } of Object.values(type.getFields())) {
    const isOptional = defaultValue !== undefined || !isNonNullType(fieldType)
    fields.push({ name, read: readerOf(fieldType, readers), isOptional, otherwise: defaultValue })
    names.add(name)
  }
  return reader
}
