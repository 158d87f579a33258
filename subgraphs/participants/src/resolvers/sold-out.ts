import type { SoldOutResolvers } from '../generated/resolvers.ts'

export const SoldOut: SoldOutResolvers = {
  ticketType: ({ ticketTypeId }) => ({ id: ticketTypeId }),
}
