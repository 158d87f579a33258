import { refusal, satisfies, type Viewer } from '@headcount/access'
import { policiesHeld } from '../access/policies.ts'
import type { OperationRun, Parts } from '../exchange.ts'
import { callHook, contextOf } from '../extension-refused.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import type { Generation } from '../supergraph/generation.ts'
import type { Session } from './session.ts'

/** Who listens, and which policies hold for it. */
export interface Rights {
  readonly viewer: Viewer | undefined
  readonly held: ReadonlySet<string>
}

/** Finds which of some policies hold for a viewer; those that its token does not grant, the operator's extension is asked about. */
export function findRights(
  asked: {
    readonly viewer: Viewer | undefined
    readonly policies: readonly string[]
  } & Pick<OperationRun, 'requestId' | 'extension' | 'cancellation'>,
  { extension, log }: Pick<Parts, 'extension' | 'log'>,
): Rights | Promise<Rights> {
  const { viewer, policies, requestId, cancellation } = asked
  const ask = extension?.policies
  const context = asked.extension ?? contextOf(requestId, log)
  const held = policiesHeld({
    policies,
    viewer,
    ask: ask && ((question) => callHook(() => ask(question, context), cancellation)),
  })
  return held instanceof Promise ? held.then((found) => ({ viewer, held: found })) : { viewer, held }
}

/** Refuses who may not listen to a field. @throws GraphQLError UNAUTHENTICATED or FORBIDDEN */
export function checkListener(
  { schema, rules }: Pick<Generation, 'schema' | 'rules'>,
  field: string,
  { viewer, held }: Rights,
): void {
  const type = schema.getSubscriptionType()
  const needs = type ? rules.needs(type, field) : []
  const missing = needs.find((need) => !satisfies(viewer, need.requirement, held))
  if (missing) throw refusal(viewer, missing.coordinate, missing.requirement)
}

/** The rights for an operation as the session has them now. @throws GraphQLError UNAUTHENTICATED once the token has ended */
export type RightsNow = (operation: KnownOperation) => Rights | Promise<Rights>

/** Policies are asked about once for each token that the session goes on with, not for each event. */
export function rightsOf(run: OperationRun, session: Session, parts: Parts): RightsNow {
  let last: { readonly operation: KnownOperation; readonly rights: Rights } | undefined
  return (operation) => {
    const viewer = session.viewer()
    if (last?.operation === operation && last.rights.viewer === viewer) return last.rights
    const keep = (rights: Rights) => {
      last = { operation, rights }
      return rights
    }
    const found = findRights({ ...run, viewer, policies: operation.access.policies }, parts)
    return found instanceof Promise ? found.then(keep) : keep(found)
  }
}
