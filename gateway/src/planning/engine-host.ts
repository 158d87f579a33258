import type { EngineName } from './engine.ts'
import type { PlanningFailed } from './planning-failed.ts'
import type { Answer, ToHost } from './planning-messages.ts'

/** What a host loads. */
export interface EngineLoad {
  readonly engine: EngineName
  readonly sdl: string
}

/** A thread or a process that has loaded one planner, or is loading it. */
export interface EngineHost {
  /** Rejects with PlanningFailed when the planner can't be loaded, or does not take the supergraph. */
  readonly ready: Promise<void>
  post(message: ToHost): void
  /** Whether it keeps this process alive. */
  hold(isHeld: boolean): void
  /** Ends it at once, also in the middle of a plan. */
  end(): Promise<void>
}

/** Who hears what a host says. */
export interface HostListeners {
  onAnswer(answer: Answer): void
  /** Called once, when it ends on its own. */
  onEnd(failure: PlanningFailed): void
}
