import type { GraphQLError } from 'graphql'
import type { Answered, Call, FetchAnswer, FetchContext } from '../upstream/dispatch.ts'
import type { Batch } from './batch.ts'
import { Completion, type ErrorPath } from './complete.ts'
import { type FetchError, type Fetched, failedFetch, fetchErrors, placesTakenAlong } from './fetch-errors.ts'
import { heirsOf } from './heirs.ts'
import { copied, mergeInto } from './merge.ts'
import type { CompiledStep, Program } from './program.ts'
import { irregular } from './project.ts'
import { applyRewrites } from './rewrite.ts'
import { RequestVariables } from './variables.ts'

/** What came of an operation. */
export interface Executed {
  readonly data: Record<string, unknown> | null
  readonly errors: readonly (FetchError | GraphQLError)[]
  /** The whole answer as text, where a subgraph gave it just as the client wants it. */
  readonly text: string | undefined
}

/** What a program runs with. */
export interface ExecutionInput {
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: FetchContext
  /** What is known before the first fetch: the schema's description of itself. */
  readonly data: Record<string, unknown>
}

/** Told once, when everything is there. */
export type WhenExecuted = (executed: Executed) => void

const noErrors: readonly never[] = []
const noBatches: readonly Batch[] = []

/**
 * One run of a program. Each fetch starts as soon as those that it waits for have come; what they answer is merged into
 * one tree, and the answer is projected from it at the end. Hot path: no promise is made for a request or a fetch.
 */
export class Execution {
  protected readonly program: Program
  protected readonly context: FetchContext
  protected readonly whenExecuted: WhenExecuted
  private readonly variables: Readonly<Record<string, unknown>>
  /** How many steps each step still waits for. */
  private readonly waits: number[]
  private readonly calls: (Call | undefined)[] = []
  protected data: Record<string, unknown>
  protected errors: FetchError[] | undefined
  /** Places where nothing is, for an error which stands elsewhere. */
  protected readonly takenAlong: ErrorPath[] = []
  private text: string | undefined
  private open: number
  protected isOver = false

  constructor(program: Program, input: ExecutionInput, whenExecuted: WhenExecuted) {
    this.program = program
    this.variables = input.variables
    this.context = input.context
    this.data = input.data
    this.whenExecuted = whenExecuted
    this.waits = program.steps.map(({ waits }) => waits)
    this.open = program.steps.length
  }

  start(): void {
    if (this.open === 0) this.finish()
    else for (const index of this.program.first) this.begin(index)
  }

  /** Gives it up: nobody is told anything any more. */
  cancel(reason: Error): void {
    if (this.isOver) return
    this.isOver = true
    for (const call of this.calls) call?.cancel(reason)
  }

  private begin(index: number): void {
    const step = this.program.steps[index]
    if (!step || this.isOver) return
    const batches = step.groups.length === 0 ? noBatches : this.collect(step)
    if (this.hasNobodyToAskAbout(step, batches)) this.done(step)
    else this.ask(index, step, batches)
  }

  private hasNobodyToAskAbout({ groups, targets }: CompiledStep, batches: readonly Batch[]): boolean {
    if (groups.length > 0) return batches.every(({ sources }) => sources.length === 0)
    return targets !== undefined && targets(this.data).length === 0
  }

  private ask(index: number, step: CompiledStep, batches: readonly Batch[]): void {
    const { context } = this
    let isAnswered = false
    const answered: Answered = (error, answer) => {
      isAnswered = true
      this.calls[index] = undefined
      if (this.isOver) return
      try {
        if (answer) this.take(step, batches, answer)
        else this.fail(step, batches, error ?? new Error('no answer'))
        this.done(step)
      } catch (fault) {
        this.breakOff(step, fault)
      }
    }
    const call = step.sendByContext
      ? step.sendByContext({ values: this.variables, batches, context }, answered)
      : step.dispatch(
          { operation: step.operation, variables: this.variablesOf(step, batches), context },
          answered,
        )
    if (!isAnswered) this.calls[index] = call
  }

  private variablesOf({ variables, groups }: CompiledStep, batches: readonly Batch[]): RequestVariables {
    return new RequestVariables({ values: this.variables, names: variables }, groups, batches)
  }

  private collect(step: CompiledStep): Batch[] {
    return step.groups.map((group) => group.collect(this.data))
  }

  private done(step: CompiledStep): void {
    this.open -= 1
    for (const next of step.next) {
      const left = (this.waits[next] ?? 0) - 1
      this.waits[next] = left
      if (left === 0) this.begin(next)
    }
    if (!this.isOver) this.settle(step)
  }

  /** A fault of ours, in a callback that nobody else watches: the request ends with an error, the process lives. */
  private breakOff({ operation: { subgraph } }: CompiledStep, cause: unknown): void {
    this.cancel(cause instanceof Error ? cause : new Error(String(cause)))
    const message = 'The answer could not be put together.'
    this.whenExecuted({
      data: null,
      errors: [{ message, path: undefined, extensions: undefined, cause, subgraph }],
      text: undefined,
    })
  }

  /** A step is over. */
  protected settle(_step: CompiledStep): void {
    if (this.open === 0) this.finish()
  }

  private take(step: CompiledStep, batches: readonly Batch[], answer: FetchAnswer): void {
    const { data, errors } = answer
    if (errors !== undefined && errors.length > 0) {
      const fetched = this.fetched(step, batches)
      this.addErrors(step, fetchErrors(errors, fetched))
      const heirs = () => heirsOf(step, this.program.steps)
      this.takenAlong.push(...placesTakenAlong({ errors, data, heirs }, fetched))
    } else if (data === null || data === undefined) {
      this.fail(step, batches, new Error('an answer with neither data nor errors'))
    }
    if (data === null || data === undefined) return
    if (step.groups.length > 0) this.mergeEntities(step, batches, data)
    else this.mergeRoot(step, data, answer.text)
  }

  private mergeRoot(step: CompiledStep, data: Record<string, unknown>, text: string | undefined): void {
    if (step.node.kind === 'fetch' && step.node.outputRewrites.length > 0) {
      applyRewrites(data, step.node.outputRewrites, this.program.types)
    }
    if (this.program.passesThrough) this.text = text
    if (step.targets) this.mergeBelow(step.targets(this.data), data)
    else if (this.program.steps.length === 1 && Object.keys(this.data).length === 0) this.data = data
    else mergeInto(this.data, data)
  }

  private mergeEntities(
    step: CompiledStep,
    batches: readonly Batch[],
    data: Readonly<Record<string, unknown>>,
  ): void {
    for (let index = 0; index < step.groups.length; index += 1) {
      const group = step.groups[index]
      const batch = batches[index]
      if (!group || !batch) continue
      const entities = data[group.group.responseKey]
      if (Array.isArray(entities)) group.merge(entities, batch)
    }
  }

  /** Root fields that are asked for below the root: each object there gets all of them. */
  private mergeBelow(targets: readonly Record<string, unknown>[], data: Record<string, unknown>): void {
    for (const [index, target] of targets.entries()) {
      mergeInto(target, index === 0 ? data : (copied(data) as Record<string, unknown>))
    }
  }

  private fail(step: CompiledStep, batches: readonly Batch[], cause: Error): void {
    this.addErrors(step, failedFetch(cause, this.fetched(step, batches)))
  }

  protected addErrors(_step: CompiledStep, errors: readonly FetchError[]): void {
    this.errors = this.errors === undefined ? [...errors] : [...this.errors, ...errors]
  }

  private fetched(step: CompiledStep, batches: readonly Batch[]): Fetched {
    const { node, groups, operation, keys, rootKeys } = step
    const rootPath = node.kind === 'fetch' ? (node.path ?? []) : []
    return {
      subgraph: operation.subgraph,
      data: this.data,
      groups,
      batches,
      keys,
      rootKeys,
      rootPath,
      rewrites: node.kind === 'fetch' ? node.outputRewrites : [],
      types: this.program.types,
    }
  }

  private finish(): void {
    this.isOver = true
    this.answer()
  }

  /** Tells what is there of what comes first. */
  protected answer(): void {
    const { project, root, selection } = this.program
    const errors = this.errors ?? noErrors
    const projected = project ? project(this.data) : irregular
    if (projected !== irregular) {
      const text = errors.length === 0 ? this.text : undefined
      this.whenExecuted({ data: projected as Record<string, unknown>, errors, text })
      return
    }
    const known = {
      errors: errors.flatMap(({ path }) => (path ? [path] : [])),
      takenAlong: this.takenAlong,
    }
    const completion = new Completion(known, this.context.viewer)
    const data = completion.root(root, selection, this.data)
    this.whenExecuted({ data, errors: [...errors, ...completion.errors], text: undefined })
  }
}
