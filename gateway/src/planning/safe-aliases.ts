import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql'
import type { InputNames } from './join-directives.ts'

/** Marks a response key that stands for the client's: the text behind it. */
const mark = '_as_'

/** Aliases that planners make up. */
const isPlanners = (name: string) => name.startsWith('_internal_qp_alias_') || /__alias_\d+$/.test(name)

function isUnsafe(field: FieldNode, inputNames: InputNames): boolean {
  const { value: key } = field.alias ?? field.name
  if (key.startsWith(mark)) return true
  // `@requires` may want the same field with other arguments, below the very same key.
  if (key === field.name.value) {
    return inputNames.called.has(key) || (inputNames.all.has(key) && (field.arguments?.length ?? 0) > 0)
  }
  return inputNames.all.has(key) || key.startsWith('__') || isPlanners(key)
}

/**
 * The same operation with marked aliases where the client's could be taken for a field that a planner adds. With
 * `{ user { id: name age } }`, both planners lose one of the two `id`, and the other subgraph is asked for the wrong
 * user. Whatever reads the data (the writer, error paths) turns keys back by `clientKey`.
 *
 * Whether an alias is safe depends on its text alone, so fields that are merged keep one key.
 *
 * @param inputNames fields of `@key` and `@requires`, from `readJoins`
 * @returns the same document when nothing had to change
 */
export function withSafeAliases(document: DocumentNode, inputNames: InputNames): DocumentNode {
  return visit(document, {
    Field(field) {
      if (!isUnsafe(field, inputNames)) return undefined
      const value = `${mark}${(field.alias ?? field.name).value}`
      return { ...field, alias: { kind: Kind.NAME, value } }
    },
  })
}

/** The client's key for a key of the data. */
export function clientKey(key: string): string {
  return key.startsWith(mark) ? key.slice(mark.length) : key
}
