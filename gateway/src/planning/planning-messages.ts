import type { OverrideChoice } from './engine.ts'
import type { Plan } from './plan.ts'

/** What is planned: data only, since it goes to another thread or process. */
export interface PlanRequest extends OverrideChoice {
  readonly document: string
}

export type ToHost =
  | { readonly kind: 'plan'; readonly id: number; readonly request: PlanRequest }
  | { readonly kind: 'cancel'; readonly id: number }

/** What came of one request. */
export type Answer =
  | { readonly kind: 'plan'; readonly id: number; readonly plan: Plan }
  | {
      readonly kind: 'problem'
      readonly id: number
      readonly problem: string
    }

export type FromHost =
  | Answer
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly problem: string }
