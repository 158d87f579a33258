/** Which of the platform's apps asks, and which build of it: said with every request. */
export interface ClientIdentity {
  name: string
  version: string
}

/** The headers that Apollo's clients send, which every gateway reads. */
export function identityHeaders({ name, version }: ClientIdentity): Record<string, string> {
  return { 'apollographql-client-name': name, 'apollographql-client-version': version }
}
