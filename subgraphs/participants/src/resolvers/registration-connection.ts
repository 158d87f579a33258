import type { RegistrationConnectionResolvers } from '../generated/resolvers.ts'

export const RegistrationConnection: RegistrationConnectionResolvers = {
  totalCount: (page) => page.count(),
}
