import { hasScope, type Viewer } from '@headcount/access'

/** What belongs to an account. */
interface Owned {
  readonly userId: string | null
}

/** Whether it is the viewer's own. */
export function isOwn(viewer: Viewer | undefined, { userId }: Owned): boolean {
  return viewer?.kind === 'user' && userId === viewer.id
}

/** Whether the viewer holds a scope. */
export function holds(viewer: Viewer | undefined, scope: string): boolean {
  return viewer !== undefined && hasScope(viewer.scopes, scope)
}

/** Whether the viewer may change any registration and ticket of the organization. */
export function mayManage(viewer: Viewer): boolean {
  return holds(viewer, 'ticket:write')
}

/** Whether the viewer may read any holder's name and e-mail, or this one since it is the viewer's own. */
export function mayReadHolder(viewer: Viewer | undefined, owned: Owned): boolean {
  if (holds(viewer, 'ticket:read') && holds(viewer, 'user:pii')) return true
  return isOwn(viewer, owned) && holds(viewer, 'self:read')
}

/** Whether the viewer may read a ticket's code and registration, or ask for the ticket by its id. */
export function mayReadTicket(viewer: Viewer | undefined, owned: Owned): boolean {
  if (holds(viewer, 'ticket:read')) return true
  return isOwn(viewer, owned) && holds(viewer, 'self:read')
}

/** Whether the viewer may see that a registration exists. */
export function mayReadRegistration(viewer: Viewer | undefined, owned: Owned): boolean {
  return mayReadTicket(viewer, owned) || holds(viewer, 'ticket:write') || isOwn(viewer, owned)
}
