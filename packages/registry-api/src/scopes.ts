/** What a token of the registry may be good for, and what each scope lets it do. */
export const registryScopes = {
  'schema:read': 'load supergraphs and trusted documents; read versions, contracts, diffs',
  'schema:check': 'have changes checked, and read checks',
  'schema:publish': 'publish subgraphs, remove them, roll back',
  'documents:publish': 'publish and withdraw manifests of trusted documents',
  'usage:write': 'report usage, as a gateway does',
  'usage:read': 'read operations, clients and used coordinates',
  'registry:admin': 'all of these; and tokens, contracts, the audit log',
} as const

/** One thing that a token may do. */
export type RegistryScope = keyof typeof registryScopes

/** Whether one that holds these scopes may do what needs this one. */
export function allows(held: readonly string[], needed: RegistryScope): boolean {
  return held.includes(needed) || held.includes('registry:admin')
}
