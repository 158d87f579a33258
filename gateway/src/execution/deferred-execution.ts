import type { GraphQLError } from 'graphql'
import { Completion, type ErrorPath } from './complete.ts'
import type { Deferred } from './deferred.ts'
import { Execution, type ExecutionInput, type WhenExecuted } from './execution.ts'
import type { FetchError } from './fetch-errors.ts'
import type { CompiledStep, Program } from './program.ts'

/** More of an object that was answered before. */
export interface DeferredPart {
  readonly label: string | undefined
  readonly path: ErrorPath
  readonly data: Record<string, unknown> | null
  readonly errors: readonly (FetchError | GraphQLError)[]
}

/** Told with parts as they come, and whether they are the last. */
export type WhenParts = (parts: readonly DeferredPart[], isLast: boolean) => void

/** Whether an object was answered: what is null, or within a null, gets nothing more. */
function isThere(first: unknown, place: ErrorPath): boolean {
  let at = first
  for (const segment of place) {
    if (typeof at !== 'object' || at === null) return at === undefined
    at = (at as Record<string | number, unknown>)[segment]
  }
  return at !== null
}

/** A run whose answer comes in parts: each block as soon as its own fetches have come, never before the one around it. */
export class DeferredExecution extends Execution {
  private readonly deferred: Deferred
  private readonly whenParts: WhenParts
  /** Of each block, 0 being the first part: how many of its steps are not over yet. */
  private readonly openOf: number[]
  private readonly errorsOf: FetchError[][]
  private readonly isTold: boolean[]
  private first: unknown

  constructor(
    program: Program & { readonly deferred: Deferred },
    input: ExecutionInput,
    listeners: { readonly whenExecuted: WhenExecuted; readonly whenParts: WhenParts },
  ) {
    super(program, input, (executed) => {
      this.first = executed.data
      listeners.whenExecuted(executed)
    })
    this.deferred = program.deferred
    this.whenParts = listeners.whenParts
    const blocks = this.deferred.blocks.length + 1
    this.openOf = Array.from(
      { length: blocks },
      (_, block) => program.steps.filter((step) => step.block === block).length,
    )
    this.errorsOf = Array.from({ length: blocks }, () => [])
    this.isTold = Array.from({ length: blocks }, () => false)
  }

  override start(): void {
    // Without a fetch everything is there already.
    if (this.program.steps.length > 0) super.start()
    this.tell()
  }

  protected override settle(step: CompiledStep): void {
    this.openOf[step.block] = (this.openOf[step.block] ?? 0) - 1
    this.tell()
  }

  protected override addErrors(step: CompiledStep, errors: readonly FetchError[]): void {
    this.errorsOf[step.block]?.push(...errors)
  }

  /** Tells all that is ready: the first part by itself, others together. */
  private tell(): void {
    if (this.isOver) return
    if (!this.isTold[0]) {
      if (this.openOf[0] !== 0) return
      this.isTold[0] = true
      this.errors = this.errorsOf[0]
      this.answer()
    }
    const parts: DeferredPart[] = []
    let isLast = true
    for (const [index, { parent }] of this.deferred.blocks.entries()) {
      const block = index + 1
      if (this.isTold[block]) continue
      if (this.openOf[block] === 0 && this.isTold[parent]) {
        this.isTold[block] = true
        parts.push(...this.partsOf(block))
      } else isLast = false
    }
    if (isLast) this.isOver = true
    if (parts.length > 0 || isLast) this.whenParts(parts, isLast)
  }

  private partsOf(block: number): DeferredPart[] {
    const { types } = this.program
    const label = this.deferred.blocks[block - 1]?.label
    const errors = this.errorsOf[block] ?? []
    const places = this.deferred
      .placesOf(block, this.data, types)
      .filter(({ place }) => isThere(this.first, place))
    const known = this.errorsOf.flat().flatMap(({ path }) => (path ? [path] : []))
    return places.map(({ place, type, data }, index) => {
      const selection = this.deferred.selectionOf(block, type)
      const completion = new Completion({ errors: known, takenAlong: this.takenAlong }, this.context.viewer)
      const completed = completion.part(place, { type, selection }, data)
      const own = errors.filter(({ path }) =>
        path ? place.every((segment, at) => path[at] === segment) : index === 0,
      )
      return { label, path: place, data: completed, errors: [...own, ...completion.errors] }
    })
  }
}
