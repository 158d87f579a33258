import { createHash } from 'node:crypto'
import { type DocumentNode, type FieldNode, Kind, print, visit } from 'graphql'
import type { InputNames } from './join-directives.ts'

/** Begins a response key that stands for the client's, which is the text behind it. */
const mark = /^_as[0-9a-f]*_/

/** Aliases that planners make up. */
const isPlanners = (name: string) => name.startsWith('_internal_qp_alias_') || /__alias_\d+$/.test(name)

function isUnsafe(field: FieldNode, inputNames: InputNames): boolean {
  const { value: key } = field.alias ?? field.name
  if (mark.test(key)) return true
  // `@requires` may want the same field with other arguments, below the very same key.
  if (key === field.name.value) {
    return inputNames.called.has(key) || (inputNames.all.has(key) && (field.arguments?.length ?? 0) > 0)
  }
  return inputNames.all.has(key) || key.startsWith('__') || isPlanners(key)
}

/** Text that is the same for the same arguments. */
function argumentsMark({ arguments: given = [] }: FieldNode): string {
  return createHash('sha256').update(given.map(print).toSorted().join()).digest('hex').slice(0, 10)
}

function markOf(field: FieldNode, inputNames: InputNames): string | undefined {
  const hasArguments = (field.arguments?.length ?? 0) > 0
  if (hasArguments && inputNames.added.has(field.name.value)) return `_as${argumentsMark(field)}_`
  return isUnsafe(field, inputNames) ? '_as_' : undefined
}

/**
 * The same operation with marked aliases where the client's could be taken for a field that a planner adds. With
 * `{ user { id: name age } }`, both planners lose one of the two `id`, and the other subgraph is asked for the wrong
 * user. And a field that a subgraph adds to an interface has a mark of its arguments: both planners ask for it by the
 * interface's name, where objects of two types may want other arguments under one key. Whatever reads the data (the
 * writer, error paths) turns keys back by `clientKey`.
 *
 * Whether an alias is safe depends on its text, field and arguments alone, so fields that are merged keep one key.
 *
 * @param inputNames from `readJoins`
 * @returns the same document when nothing had to change
 */
export function withSafeAliases(document: DocumentNode, inputNames: InputNames): DocumentNode {
  return visit(document, {
    Field(field) {
      const marked = markOf(field, inputNames)
      if (marked === undefined) return undefined
      const value = `${marked}${(field.alias ?? field.name).value}`
      return { ...field, alias: { kind: Kind.NAME, value } }
    },
  })
}

/** The client's key for a key of the data. */
export function clientKey(key: string): string {
  return key.startsWith('_as') ? key.replace(mark, '') : key
}
