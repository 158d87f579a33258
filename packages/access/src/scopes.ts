/** Names of the roles, as auth's schema has them. */
export type Role =
  | 'ATTENDEE'
  | 'GATE_OPERATOR'
  | 'GATE_SUPERVISOR'
  | 'ORGANISER'
  | 'ANALYST'
  | 'ADMIN'
  | 'OPERATOR'

const attendee = ['self:read', 'self:write']
const gateOperator = ['scan:write', 'manifest:read', 'gate:read']
const gateSupervisor = [
  ...gateOperator,
  'scan:override',
  'scan:undo',
  'credential:search',
  'gate:write',
  'analytics:read',
]
const organiser = [
  'event:*',
  'ticket:*',
  'gate:*',
  'device:admin',
  'import:write',
  'webhook:admin',
  'user:pii',
  'analytics:read',
]
const analyst = ['analytics:read']

/** Scopes of each role. A role of people also reads and changes what is its own. */
export const roles: Readonly<Record<Role, readonly string[]>> = {
  ATTENDEE: attendee,
  GATE_OPERATOR: gateOperator,
  GATE_SUPERVISOR: [...gateSupervisor, ...attendee],
  ORGANISER: [...organiser, ...attendee],
  ANALYST: [...analyst, ...attendee],
  ADMIN: ['org:*', ...organiser, ...gateSupervisor, ...attendee],
  // Of no organization's affairs: the graph and its use are the platform's, whatever its tenants are.
  OPERATOR: ['registry:read', ...attendee],
}

/** The scopes of several roles together, each once. */
export function scopesOf(names: readonly Role[]): string[] {
  return [...new Set(names.flatMap((name) => roles[name]))]
}

/** Whether the scopes that are held cover the one that is required: `event:*` covers `event:write`. */
export function hasScope(held: readonly string[], required: string): boolean {
  if (held.includes(required) || held.includes('*')) return true
  const colon = required.indexOf(':')
  return colon > 0 && held.includes(`${required.slice(0, colon)}:*`)
}
