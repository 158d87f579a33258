import type { CheckContext } from '@headcount/registry-api'
import { BodyShape } from '../http/body-shape.ts'
import { namePattern, nameTakes } from '../names.ts'

/** A subgraph as it would be. */
export interface GivenSubgraph {
  readonly name: string
  readonly sdl: string
  readonly file: string | undefined
}

/** A check whose shape is right. */
export interface GivenCheck {
  readonly subgraphs: readonly GivenSubgraph[]
  readonly isWhole: boolean
  readonly removed: readonly string[]
  readonly settings: unknown
  readonly lintsAll: boolean
  readonly context: CheckContext
}

const sdlLimit = 1_048_576
const subgraphLimit = 500
const settingsLimit = 1_048_576
const contextKeys = ['commit', 'branch', 'author', 'url'] as const

/** Reads the body of `POST /checks`. @throws RegistryProblem BAD_REQUEST with all that is wrong */
export function readCheckRequest(body: unknown): GivenCheck {
  const shape = new BodyShape()
  const fields = shape.object(body, '')
  shape.only(fields, '', ['subgraphs', 'isWhole', 'removed', 'settings', 'lintsAll', 'context'])
  const { isWhole, lintsAll = false } = fields
  if (typeof isWhole !== 'boolean') shape.wrong('isWhole', 'takes true or false')
  if (typeof lintsAll !== 'boolean') shape.wrong('lintsAll', 'takes true or false')
  const subgraphs = shape
    .list(fields['subgraphs'], 'subgraphs', subgraphLimit)
    .map((one, index) => readSubgraph(shape, one, `subgraphs[${index}]`))
  const removed = shape
    .list(fields['removed'], 'removed', subgraphLimit)
    .map((one, index) => readName(shape, one, `removed[${index}]`))
  const names = [...subgraphs.map(({ name }) => name), ...removed]
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) shape.wrong(name, 'is named twice')
  }
  if (JSON.stringify(fields['settings'] ?? null).length > settingsLimit)
    shape.wrong('settings', 'is too long')
  const context = readContext(shape, fields['context'])
  shape.check()
  return {
    subgraphs,
    isWhole: isWhole === true,
    lintsAll: lintsAll === true,
    removed,
    settings: fields['settings'] ?? undefined,
    context,
  }
}

function readSubgraph(shape: BodyShape, value: unknown, path: string): GivenSubgraph {
  const fields = shape.object(value, path)
  shape.only(fields, path, ['name', 'sdl', 'file'])
  return {
    name: readName(shape, fields['name'], `${path}.name`),
    sdl: shape.text(fields['sdl'], `${path}.sdl`, { max: sdlLimit }) ?? '',
    file: shape.text(fields['file'], `${path}.file`, { max: 300, isOptional: true }),
  }
}

function readName(shape: BodyShape, value: unknown, path: string): string {
  return shape.text(value, path, { max: 200, pattern: namePattern, takes: nameTakes }) ?? ''
}

function readContext(shape: BodyShape, value: unknown): CheckContext {
  if (value === undefined || value === null) return {}
  const fields = shape.object(value, 'context')
  shape.only(fields, 'context', contextKeys)
  return Object.fromEntries(
    contextKeys.flatMap((key) => {
      const text = shape.text(fields[key], `context.${key}`, { max: 2_000, isOptional: true })
      return text === undefined ? [] : [[key, text]]
    }),
  )
}
