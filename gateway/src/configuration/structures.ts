import { below, type Field, type Fields, FromEnvironment, misfit, type Place, type Values } from './field.ts'
import { nearest } from './near.ts'

interface GroupRules<Key extends string> {
  /** Keys of which one must be there, and one only. */
  readonly exactlyOneOf?: readonly Key[]
  /** Keys of which one may be there. */
  readonly atMostOneOf?: readonly Key[]
  /** Keys that say nothing without another one. */
  readonly onlyWith?: { readonly [K in Key]?: Key }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof FromEnvironment)
  )
}

function refuseUnknown(keys: readonly string[], known: readonly string[], place: Place): void {
  for (const key of keys) {
    if (known.includes(key)) continue
    const near = nearest(key, known)
    const advice = near === undefined ? `known here: ${known.join(', ')}` : `did you mean ${near}?`
    place.fault(`${below(place, key).path} is not a key: ${advice}`)
  }
}

function count(keys: readonly string[], rules: GroupRules<string>, place: Place): void {
  const { exactlyOneOf, atMostOneOf, onlyWith = {} } = rules
  const among = exactlyOneOf ?? atMostOneOf ?? []
  const given = among.filter((key) => keys.includes(key))
  const where = place.path === '' ? 'The file' : place.path
  if (given.length > 1) place.fault(`${where} has ${given.join(' and ')}: it takes only one of them`)
  if (exactlyOneOf && given.length === 0) {
    place.fault(`${where} has none of ${exactlyOneOf.join(', ')}: it takes one of them`)
  }
  for (const [key, other = ''] of Object.entries(onlyWith)) {
    if (keys.includes(key) && !keys.includes(other)) {
      place.fault(`${where} has ${key} without ${other}: it takes the one with the other`)
    }
  }
}

/** Keys below a key. Absent or empty, each of them takes its default. */
export function group<F extends Fields>(
  doc: string,
  fields: F,
  rules: GroupRules<keyof F & string> = {},
): Field<Values<F>> {
  const known = Object.keys(fields)
  const shape = `keys ${known.join(', ')}`
  return {
    doc,
    shape,
    fallback: '',
    isRequired: false,
    below: { fields, mark: '.' },
    read(value, place) {
      const given = value === undefined || value === null ? {} : value
      if (!isObject(given)) misfit(value, place, shape)
      const object = isObject(given) ? given : {}
      const keys = Object.keys(object)
      refuseUnknown(keys, known, place)
      if (isObject(given)) count(keys, rules, place)
      const values: Record<string, unknown> = {}
      for (const [key, field] of Object.entries(fields))
        values[key] = field.read(object[key], below(place, key))
      return values as Values<F>
    },
  }
}

/** The same group; when it is absent, so is all that is in it. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, read: (value, place) => (value === undefined ? undefined : field.read(value, place)) }
}

/** A list; each item as `item` says. */
export function list<T>(
  doc: string,
  item: Field<T | undefined>,
  options: { readonly minimum?: number } = {},
): Field<readonly T[] | undefined> {
  const { minimum = 0 } = options
  const shape = `a list of ${item.below ? 'groups' : item.shape}${minimum > 0 ? `, at least ${minimum}` : ''}`
  return {
    doc,
    shape,
    fallback: '',
    isRequired: false,
    ...(item.below && { below: { fields: item.below.fields, mark: '[].' } }),
    read(value, place) {
      if (value === undefined) return undefined
      if (!Array.isArray(value) || value.length < minimum) {
        misfit(value, place, shape)
        return undefined
      }
      return value
        .map((one: unknown, index) => item.read(one, below(place, index)))
        .filter((one) => one !== undefined)
    },
  }
}

/** Values by names that the operator chooses. */
export function map<T>(
  doc: string,
  item: Field<T | undefined>,
  mark = '<name>',
): Field<Readonly<Record<string, T>> | undefined> {
  const shape = `names, each with ${item.below ? 'keys of its own' : item.shape}`
  return {
    doc,
    shape,
    fallback: '',
    isRequired: false,
    ...(item.below && { below: { fields: item.below.fields, mark: `.${mark}.` } }),
    read(value, place) {
      if (value === undefined || value === null) return undefined
      if (!isObject(value)) {
        misfit(value, place, shape)
        return undefined
      }
      const read = Object.entries(value).map(([key, one]) => [key, item.read(one, below(place, key))])
      return Object.fromEntries(read.filter(([, one]) => one !== undefined)) as Record<string, T>
    },
  }
}

/** A switch, or a group that switches it on and says how. */
export function switchOrGroup<T>(
  toggle: Field<boolean | undefined>,
  detailed: Field<T>,
): Field<boolean | T | undefined> {
  return {
    ...toggle,
    shape: `${toggle.shape}, or keys`,
    ...(detailed.below && { below: detailed.below }),
    read: (value, place) => (isObject(value) ? detailed.read(value, place) : toggle.read(value, place)),
  }
}
