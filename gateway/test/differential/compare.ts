import { isDeepStrictEqual } from 'node:util'
import type { ClientAnswer } from './engine-under-test.ts'
import { type Expected, pathText } from './oracle.ts'
import { child, isAtOrBelow, Pardon, type Path } from './pardon.ts'

/** One way in which an answer is wrong; the README says what each means. */
export interface Difference {
  readonly rule: 'no-data' | 'data' | 'order' | 'misuse' | 'error-lost' | 'error-invented' | 'message-lost'
  readonly detail: string
}

/** The position that an error made null: its own, or one above it. */
function nulledPosition(data: unknown, path: Path): Path {
  let value = data
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth)
    value = child(value, key)
  }
  return path
}

/** Introspection is under keys that begin so; the order of types and fields there is free. */
const introspectionKey = /^schema\d/

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted)
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sorted(item)]))
}

function withSortedIntrospection(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data
  const entries = Object.entries(data).map(([key, item]) => [
    key,
    introspectionKey.test(key) ? sorted(item) : item,
  ])
  return Object.fromEntries(entries)
}

function firstDifference(
  expected: unknown,
  given: unknown,
  { path, pardon }: { readonly path: Path; readonly pardon: Pardon },
): string | undefined {
  if (isDeepStrictEqual(expected, given)) return undefined
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
  if (isObject(expected) && isObject(given) && Array.isArray(expected) === Array.isArray(given)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(given)])) {
      const at = { path: [...path, key], pardon }
      const found = firstDifference(child(expected, key), child(given, key), at)
      if (found) return found
    }
    return undefined
  }
  if (pardon.isFor(path) || (given === null && pardon.isForNull(path))) return undefined
  if (expected === null && pardon.isForObject(path)) return undefined
  return `${pathText(path)}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(given)}`
}

/** What went over the wire: graphql-js makes objects without a prototype, and JSON knows no undefined. */
function plain(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text)
}

function compareData(expected: Expected, answer: ClientAnswer, pardon: Pardon): Difference | undefined {
  if (answer.data === undefined) return { rule: 'no-data', detail: answer.errors?.[0]?.message ?? 'nothing' }
  const expectedText = JSON.stringify(expected.data)
  const givenText = JSON.stringify(answer.data)
  if (expectedText === givenText) return undefined
  const wanted = withSortedIntrospection(plain(expectedText))
  const given = withSortedIntrospection(plain(givenText))
  const detail = firstDifference(wanted, given, { path: [], pardon })
  if (detail) return { rule: 'data', detail }
  if (!isDeepStrictEqual(wanted, given) || JSON.stringify(wanted) === JSON.stringify(given)) return undefined
  return { rule: 'order', detail: `expected ${expectedText}, got ${givenText}` }
}

/** Within an object of a type that clients must not see, the oracle knows no faults; a subgraph may have met one there. */
function isBelowHidden(text: string, { hidden }: Expected): boolean {
  return hidden.some((path) => text.startsWith(`${path}/`))
}

/** Whether an object of the answer has no such key: a planner asked for more than the operation does. */
function isNotAsked(path: Path | undefined, data: unknown): boolean {
  let value = data
  for (const key of path ?? []) {
    if (typeof value !== 'object' || value === null) return false
    if (!Array.isArray(value) && !Object.hasOwn(value, key)) return true
    value = child(value, key)
  }
  return false
}

function compareErrors(expected: Expected, answer: ClientAnswer, pardon: Pardon): Difference | undefined {
  const errors = answer.errors ?? []
  const messages = new Map<string, string[]>()
  for (const { path, message } of errors) {
    const text = pathText(path)
    if (isBelowHidden(text, expected) || isNotAsked(path, expected.data) || pardon.isFor(path ?? [])) continue
    if (!expected.faults.has(text)) return { rule: 'error-invented', detail: `${text}: ${message}` }
    messages.set(text, [...(messages.get(text) ?? []), message])
  }
  for (const { path = [], message } of expected.errors) {
    if (pardon.isFor(path) || pardon.isForNull(path)) continue
    const nulled = nulledPosition(expected.data, path)
    if (errors.some((error) => isAtOrBelow(error.path, nulled))) continue
    return { rule: 'error-lost', detail: `${pathText(path)}: ${message}` }
  }
  for (const [text, given] of messages) {
    const thrown = expected.faults.get(text)
    if (thrown === undefined || given.includes(thrown)) continue
    return { rule: 'message-lost', detail: `${text}: expected ${thrown}, got ${given.join(' | ')}` }
  }
  return undefined
}

/**
 * Holds an answer against the right one.
 *
 * @param requiring response keys of fields that need values of other subgraphs
 */
export function compare(
  expected: Expected,
  answer: ClientAnswer,
  requiring: ReadonlySet<string> = new Set(),
): Difference | undefined {
  const misuse = answer.errors?.find(({ message }) => message.includes('MISUSE'))
  if (misuse) return { rule: 'misuse', detail: misuse.message }
  const pardon = new Pardon(expected, requiring)
  return compareData(expected, answer, pardon) ?? compareErrors(expected, answer, pardon)
}

/** Names a difference so that a smaller case with another cause is not taken for the same. */
export function kindOf(difference: Difference | undefined): string {
  if (!difference) return 'none'
  if (difference.rule !== 'no-data' && difference.rule !== 'misuse') return difference.rule
  const [message = ''] = difference.detail.split('\n', 1)
  return `${difference.rule} ${message.replaceAll(/"[^"]*"|\w*\d\w*/g, '').slice(0, 60)}`
}
