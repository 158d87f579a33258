import type { CredentialResolvers } from '../generated/resolvers.ts'
import { ticketFor } from './ticket.ts'

export const Credential: CredentialResolvers = {
  // Each row says its own kind.
  __resolveType: (credential) => credential.__typename,
  __resolveReference: ({ id }, ctx) => ticketFor(id, ctx),
}
