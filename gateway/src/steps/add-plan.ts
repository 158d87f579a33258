import { hasScope } from '@headcount/access'
import type { Step } from '../exchange.ts'

/** Puts the plan into the answer where a viewer who may see it asks for it; for anybody else the header means nothing. */
export const addPlan: Step = (exchange, { planViewers }) => {
  const { clientHeaders, program, outcome, viewer } = exchange
  if (clientHeaders['x-headcount-plan'] !== '1' || !planViewers || !program || !outcome) return
  const { scope } = planViewers
  if (scope !== undefined && !(viewer && hasScope(viewer.scopes, scope))) return
  exchange.outcome = { ...outcome, text: undefined, extensions: { plan: program.plan.root ?? null } }
}
