import { refusal, satisfies, type Viewer } from '@headcount/access'
import type { OperationRun, Parts } from '../exchange.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import { authorise } from '../steps/authorise.ts'
import { need } from '../steps/need.ts'
import type { Generation } from '../supergraph/generation.ts'
import type { Session } from './session.ts'

/** Who listens, and which policies hold for it. */
export interface Rights {
  readonly viewer: Viewer | undefined
  readonly held: ReadonlySet<string>
}

/** The rights for an operation as the session has them now. @throws GraphQLError UNAUTHENTICATED once the token has ended */
export type FindRights = (operation: KnownOperation) => Rights | Promise<Rights>

/** Policies are asked about once for each token that the session goes on with, not for each message. */
export function rightsOf(run: OperationRun, session: Session, parts: Parts): FindRights {
  let last: { readonly operation: KnownOperation; readonly rights: Rights } | undefined
  return (operation) => {
    const viewer = session.viewer()
    if (last?.operation === operation && last.rights.viewer === viewer) return last.rights
    const asked: OperationRun = { ...run, operation, viewer }
    const keep = () => {
      const rights = { viewer, held: need(asked.held) }
      last = { operation, rights }
      return rights
    }
    const wait = authorise(asked, parts)
    return wait instanceof Promise ? wait.then(keep) : keep()
  }
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
