import type { SubgraphError } from '../options.ts'
import type { Path } from '../planning/plan.ts'
import { clientKey } from '../planning/safe-aliases.ts'
import type { FetchAnswer } from '../upstream/dispatch.ts'
import type { Batch } from './batch.ts'
import type { ErrorPath } from './complete.ts'
import type { CompiledGroup } from './entities.ts'
import { type Heir, inheritedPlaces } from './heirs.ts'
import { anyItems } from './known-paths.ts'
import type { PossibleTypes } from './possible-types.ts'
import type { KeyTree } from './provided-keys.ts'
import { rewritePath } from './rewrite.ts'

/** An error of a fetch, at its place in the client's answer. */
export interface FetchError {
  readonly message: string
  readonly path: ErrorPath | undefined
  readonly extensions: Readonly<Record<string, unknown>> | undefined
  /** Where it came from: the subgraph's answer, or our own failure to get one. */
  readonly cause: unknown
  readonly subgraph: string
}

/** Errors at more objects than this say nothing more. */
export const maximumPlaces = 100

/** Where the objects of a path stand: found again with their positions, only once an error wants them. */
function placesOf(data: unknown, path: Path, types: PossibleTypes): { value: object; place: ErrorPath }[] {
  const found: { value: object; place: ErrorPath }[] = []
  const steps = path.filter(({ kind }) => kind !== 'items')
  const visit = (value: unknown, at: number, place: ErrorPath) => {
    if (typeof value !== 'object' || value === null) return
    const segment = steps[at]
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, at, [...place, index])
    } else if (segment?.kind === 'field') {
      visit((value as Record<string, unknown>)[segment.key], at + 1, [...place, segment.key])
    } else if (segment?.kind === 'types') {
      const name = (value as { __typename?: unknown }).__typename
      const fits = typeof name !== 'string' || segment.names.some((type) => types.of(type).has(name))
      if (fits) visit(value, at + 1, place)
    } else found.push({ value, place })
  }
  visit(data, 0, [])
  return found
}

/** The places in the answer of the objects that a group asked about; for each representation, those that it stands for. */
function placesOfGroup(
  data: unknown,
  { group }: CompiledGroup,
  options: { readonly batch: Batch; readonly types: PossibleTypes },
): ErrorPath[][] {
  const { batch, types } = options
  const byObject = new Map<object, ErrorPath[]>()
  for (const path of group.paths) {
    for (const { value, place } of placesOf(data, path, types)) {
      const known = byObject.get(value) ?? []
      byObject.set(value, known)
      known.push(place)
    }
  }
  const places: ErrorPath[][] = batch.sources.map(() => [])
  for (const [index, target] of batch.targets.entries()) {
    const own = byObject.get(target) ?? []
    byObject.delete(target)
    places[batch.order[index] ?? 0]?.push(...own)
  }
  return places
}

function isPath(path: unknown): path is (string | number)[] {
  return (
    Array.isArray(path) && path.every((segment) => typeof segment === 'string' || typeof segment === 'number')
  )
}

/** What an error says, whatever a subgraph has put into its list. */
export function cleanError(error: unknown): SubgraphError {
  const { message, path, extensions } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly [key: string]: unknown
  }
  return {
    message: typeof message === 'string' ? message : 'A subgraph answered an error without a message.',
    path: isPath(path) ? path : undefined,
    extensions:
      typeof extensions === 'object' && extensions !== null
        ? (extensions as Record<string, unknown>)
        : undefined,
  }
}

/** What is needed to say where a fetch's errors belong. */
export interface Fetched {
  readonly subgraph: string
  readonly data: unknown
  readonly groups: readonly CompiledGroup[]
  readonly batches: readonly Batch[]
  /** Keys of all that was asked for. */
  readonly keys: KeyTree
  /** Keys of the root fields that were asked for. */
  readonly rootKeys: readonly string[]
  /** Where they were asked for, when that was below the root. */
  readonly rootPath: Path
  readonly rewrites: Parameters<typeof rewritePath>[1]
  readonly types: PossibleTypes
}

/** Where the root fields of a fetch stand. */
function rootPlaces({ data, rootPath, types }: Fetched): ErrorPath[] {
  return rootPath.length === 0 ? [[]] : placesOf(data, rootPath, types).map(({ place }) => place)
}

/** All places that a fetch was to fill, with the data's keys. */
function everyPlace(fetched: Fetched): ErrorPath[] {
  const { groups, batches, data, types, rootKeys } = fetched
  if (groups.length === 0) {
    return rootPlaces(fetched).flatMap((place) => rootKeys.map((key) => [...place, key]))
  }
  return groups.flatMap((group, index) => {
    const batch = batches[index]
    return batch ? placesOfGroup(data, group, { batch, types }).flat() : []
  })
}

/** The places of an error: of an entity fetch those of its representation, with what comes after it in its path. */
function placesOfError(path: ErrorPath, fetched: Fetched): ErrorPath[] | undefined {
  if (fetched.groups.length === 0) {
    return rootPlaces(fetched).map((place) => [...place, ...rewritePath(path, fetched.rewrites)])
  }
  const [key, position, ...rest] = path
  const index = fetched.groups.findIndex(({ group }) => group.responseKey === key)
  const group = fetched.groups[index]
  const batch = fetched.batches[index]
  if (!group || !batch) return undefined
  const places = placesOfGroup(fetched.data, group, { batch, types: fetched.types })
  if (typeof position !== 'number') return places.flat()
  const ending = rewritePath(rest, group.group.outputRewrites)
  return (places[position] ?? []).map((place) => [...place, ...ending])
}

/** A path as the client knows it. */
function clientPath(path: ErrorPath): ErrorPath {
  return path.map((segment) => (typeof segment === 'string' ? clientKey(segment) : segment))
}

/** The errors of a subgraph's answer, each at its place, or places, in the client's answer. */
export function fetchErrors(errors: readonly unknown[], fetched: Fetched): FetchError[] {
  const { subgraph, groups } = fetched
  return errors.flatMap((cause): FetchError[] => {
    const { message, path, extensions } = cleanError(cause)
    const error = { message, extensions, cause, subgraph }
    if (groups.length === 0 && !path) return [{ ...error, path }]
    const places = (path && placesOfError(path, fetched)) ?? everyPlace(fetched)
    return places.slice(0, maximumPlaces).map((place) => ({ ...error, path: clientPath(place) }))
  })
}

/** Where an error made the answer null, and what was asked for there. */
function nulledPart(
  path: ErrorPath,
  data: unknown,
  keys: KeyTree,
): { readonly path: ErrorPath; readonly keys: Iterable<string> } | undefined {
  let value = data
  let tree: KeyTree | undefined = keys
  for (const [depth, segment] of path.entries()) {
    if (value === null || value === undefined) return { path: path.slice(0, depth), keys: tree?.keys() ?? [] }
    value = (value as Record<string | number, unknown>)[segment]
    if (typeof segment === 'string') tree = tree?.get(segment)
  }
  return undefined
}

/**
 * Places that an answer with errors leaves empty. An error in a field that may not be null takes the object around it
 * along, in the end the whole answer: the one error says why all that was asked for there is null, also where another
 * subgraph gives the object its other fields, and why later fetches could not ask about that object.
 */
export function placesTakenAlong(
  answer: {
    readonly errors: readonly unknown[]
    readonly data: FetchAnswer['data']
    readonly heirs: () => readonly Heir[]
  },
  fetched: Fetched,
): ErrorPath[] {
  const { errors, data, heirs } = answer
  if (data === null || data === undefined) return everyPlace(fetched).map(clientPath)
  return errors.flatMap((error) => {
    const { path } = cleanError(error)
    const part = path && nulledPart(path, data, fetched.keys)
    if (!part) return []
    const places = placesOfError(part.path, fetched) ?? everyPlace(fetched)
    const keys = [...part.keys]
    return places.flatMap((place) =>
      [...keys.map((key) => [...place, anyItems, key]), ...inheritedPlaces(place, heirs())].map(clientPath),
    )
  })
}

/** A fetch that came to no answer: an error for each place that waited for it. */
export function failedFetch(
  cause: Error & { readonly extensions?: unknown },
  fetched: Fetched,
): FetchError[] {
  const { message, extensions } = cleanError(cause)
  const error = { message, extensions, cause, subgraph: fetched.subgraph }
  return everyPlace(fetched)
    .slice(0, maximumPlaces)
    .map((path) => ({ ...error, path: clientPath(path) }))
}
