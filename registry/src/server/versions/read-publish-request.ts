import type { PublishRequest, RollbackRequest } from '@headcount/registry-api'
import { RegistryProblem } from '../endpoint.ts'
import { BodyShape } from '../http/body-shape.ts'
import { namePattern, nameTakes } from '../names.ts'

/** Largest schema of one subgraph, in characters. */
const sdlLimit = 1_048_576
const subgraphLimit = 500
const urlTakes = 'takes an address http://… or https://…, without a user or password'

/** A subgraph that is published. */
export interface GivenSubgraph {
  readonly name: string
  readonly url: string
  readonly sdl: string
  readonly file: string
}

/** A publish whose shape is right. */
export interface GivenPublish {
  readonly subgraphs: readonly GivenSubgraph[]
  readonly remove: readonly string[]
  readonly author: string | undefined
  readonly commit: string | undefined
  readonly message: string | undefined
}

/** @throws RegistryProblem BAD_REQUEST with all that is wrong, or TOO_LARGE */
export function readPublishRequest(body: PublishRequest | unknown): GivenPublish {
  const shape = new BodyShape()
  const fields = shape.object(body, '')
  shape.only(fields, '', ['subgraphs', 'remove', 'author', 'commit', 'message'])
  const subgraphs = shape
    .list(fields['subgraphs'], 'subgraphs', subgraphLimit)
    .flatMap((one, index) => readSubgraph(shape, one, `subgraphs[${index}]`) ?? [])
  const remove = shape
    .list(fields['remove'], 'remove', subgraphLimit)
    .flatMap((one, index) => readName(shape, one, `remove[${index}]`) ?? [])
  refuseTwice(shape, [...subgraphs.map(({ name }) => name), ...remove])
  const note = (key: string, max: number) => shape.text(fields[key], key, { max, isOptional: true })
  const given = {
    subgraphs,
    remove,
    author: note('author', 200),
    commit: note('commit', 200),
    message: note('message', 2_000),
  }
  shape.check()
  if (subgraphs.length + remove.length === 0) {
    throw new RegistryProblem('BAD_REQUEST', 'Nothing is published: name subgraphs, or what to remove.')
  }
  return given
}

/** @throws RegistryProblem BAD_REQUEST */
export function readRollbackRequest(body: RollbackRequest | unknown): RollbackRequest {
  const shape = new BodyShape()
  const fields = shape.object(body, '')
  shape.only(fields, '', ['to', 'message'])
  const to = Number(fields['to'])
  if (!Number.isSafeInteger(fields['to']) || to < 1) shape.wrong('to', "takes a version's number")
  const message = shape.text(fields['message'], 'message', { max: 2_000, isOptional: true })
  shape.check()
  return { to, message }
}

function readSubgraph(shape: BodyShape, value: unknown, path: string): GivenSubgraph | undefined {
  const fields = shape.object(value, path)
  shape.only(fields, path, ['name', 'url', 'sdl', 'file'])
  const name = readName(shape, fields['name'], `${path}.name`)
  const url = readUrl(shape, fields['url'], `${path}.url`)
  refuseLarge(fields['sdl'], name)
  const sdl = shape.text(fields['sdl'], `${path}.sdl`, {
    max: sdlLimit,
    pattern: /\S/,
    takes: 'takes the text of a schema',
  })
  const file = shape.text(fields['file'], `${path}.file`, { max: 300, isOptional: true })
  if (name === undefined || url === undefined || sdl === undefined) return undefined
  return { name, url, sdl, file: file ?? `${name}.graphql` }
}

function readName(shape: BodyShape, value: unknown, path: string): string | undefined {
  return shape.text(value, path, { max: 200, pattern: namePattern, takes: nameTakes })
}

function readUrl(shape: BodyShape, value: unknown, path: string): string | undefined {
  const url = shape.text(value, path, { max: 2_000, pattern: /^https?:\/\//i, takes: urlTakes })
  if (url === undefined) return undefined
  const parsed = URL.parse(url)
  if (parsed && !parsed.username && !parsed.password && !parsed.hash && !/[\s"\\]/.test(url)) return url
  // Not shown: it may have a password in it.
  shape.wrong(path, `is no such address; it ${urlTakes}`)
  return undefined
}

function refuseLarge(sdl: unknown, name: string | undefined): void {
  if (typeof sdl !== 'string' || sdl.length <= sdlLimit) return
  throw new RegistryProblem(
    'TOO_LARGE',
    `The schema of ${name ?? 'a subgraph'} has ${sdl.length} characters; a subgraph may have ${sdlLimit}.`,
  )
}

function refuseTwice(shape: BodyShape, names: readonly string[]): void {
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  for (const name of new Set(twice)) shape.wrong(name, 'is named twice')
}
