import { fail } from '@headcount/errors'
import type { SubgraphError } from '../options.ts'
import {
  type Answered,
  type Dispatch,
  type FetchAnswer,
  type FetchContext,
  nothingToCancel,
  type SubgraphOperation,
  type Way,
} from '../upstream/dispatch.ts'
import type { Batch } from './batch.ts'
import { ContextBatch, type ContextPart } from './contexts.ts'
import type { CompiledGroup } from './entities.ts'
import { cleanError, maximumPlaces } from './fetch-errors.ts'
import { RequestVariables } from './variables.ts'

interface Asked {
  /** The client's variables. */
  readonly values: Readonly<Record<string, unknown>>
  readonly batches: readonly Batch[]
  readonly context: FetchContext
}

/** Sends what one step asks for, and answers as if it had been one request. */
export type SendByContext = Way<Asked, FetchAnswer>

/** What of a step is the same each time. */
interface Sent {
  readonly operation: SubgraphOperation
  readonly dispatch: Dispatch
  /** Names of the client's variables that it uses. */
  readonly variables: readonly string[]
  readonly groups: readonly CompiledGroup[]
}

/** A part that came to no answer, told at one of its representations. */
class PartFailed extends Error {
  readonly path: readonly (string | number)[]
  readonly extensions: SubgraphError['extensions']

  constructor(
    cause: Error & { readonly extensions?: SubgraphError['extensions'] },
    path: PartFailed['path'],
  ) {
    super(cause.message, { cause })
    this.path = path
    this.extensions = cause.extensions
  }
}

/** The answers to the parts of a batch, put together as one. */
class JoinedAnswer {
  private readonly responseKey: string
  private readonly entities: unknown[] = []
  private readonly errors: SubgraphError[] = []

  constructor(responseKey: string) {
    this.responseKey = responseKey
  }

  add(part: ContextPart, error: Error | undefined, answer: FetchAnswer | undefined): void {
    const { data, errors = [] } = answer ?? {}
    const entities = data?.[this.responseKey]
    for (const one of errors) this.errors.push(...this.placed(one, part))
    if (Array.isArray(entities)) {
      for (const [index, place] of part.places.entries()) this.entities[place] = entities[index]
    } else if (errors.length === 0) {
      this.fail(part, error ?? new Error('an answer with neither data nor errors'))
    }
  }

  fail({ places }: ContextPart, cause: Error): void {
    for (const place of places.slice(0, maximumPlaces)) {
      this.errors.push(new PartFailed(cause, [this.responseKey, place]))
    }
  }

  whole(): FetchAnswer {
    const errors = this.errors.length > 0 ? this.errors : undefined
    return { data: { [this.responseKey]: this.entities }, errors, text: undefined }
  }

  /** An error of a part, at its representation within the whole batch, or at all of the part. */
  private placed(cause: unknown, { places }: ContextPart): SubgraphError[] {
    const { message, path = [], extensions } = cleanError(cause)
    const [key, position, ...rest] = path
    const place = key === this.responseKey && typeof position === 'number' ? places[position] : undefined
    const paths =
      place === undefined ? places.slice(0, maximumPlaces).map((each) => [each]) : [[place, ...rest]]
    return paths.map((ending) => ({ message, path: [this.responseKey, ...ending], extensions, cause }))
  }
}

/**
 * Sends a step whose arguments come from contexts: one request for each way of their values, all at once, since a
 * variable has one value a request. An alias of the field for each would be one request, but with another document for
 * each number of values: no subgraph could keep them parsed, and equal reads of two clients would differ.
 */
export function sendByContext({ operation, dispatch, variables, groups }: Sent): SendByContext {
  const responseKey = groups[0]?.group.responseKey ?? ''
  const contextual = groups.flatMap(({ group }) => group.contextArguments ?? [])
  const names = [...variables, ...contextual.map(({ variable }) => variable)]

  const send = ({ values, batch }: ContextPart, asked: Asked, done: Answered) => {
    const client = { values: { ...asked.values, ...values }, names }
    return dispatch(
      { operation, variables: new RequestVariables(client, groups, [batch]), context: asked.context },
      done,
    )
  }
  return (asked, done) => {
    const parts = asked.batches.flatMap((batch) => (batch instanceof ContextBatch ? batch.parts : []))
    const joined = new JoinedAnswer(responseKey)
    const sendable = parts.filter(({ values }) => values !== undefined)
    for (const part of parts) {
      if (part.values === undefined) joined.fail(part, unknownContext())
    }
    let open = sendable.length
    if (open === 0) done(undefined, joined.whole())
    const calls = sendable.map((part) =>
      send(part, asked, (error, answer) => {
        joined.add(part, error, answer)
        open -= 1
        if (open === 0) done(undefined, joined.whole())
      }),
    )
    if (open === 0) return nothingToCancel
    return {
      cancel(reason) {
        for (const call of calls) call.cancel(reason)
      },
    }
  }
}

/** Whoever has the value failed, which is an error of its own. */
function unknownContext(): Error {
  return fail('SUBGRAPH_UNAVAILABLE', 'What this depends on did not come; try again.')
}
