import type { DeferredPart, WhenParts } from './deferred-execution.ts'

/** The parts of an answer that come after its first, held until somebody wants them. */
export class LaterParts {
  private readonly held: (readonly [readonly DeferredPart[], boolean])[] = []
  private listener: WhenParts | undefined

  readonly push: WhenParts = (parts, isLast) => {
    if (this.listener) this.listener(parts, isLast)
    else this.held.push([parts, isLast])
  }

  listen(listener: WhenParts): void {
    this.listener = listener
    for (const [parts, isLast] of this.held.splice(0)) listener(parts, isLast)
  }
}
