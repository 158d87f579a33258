import { fail } from '@headcount/errors'
import { mayReadHolder, mayReadRegistration } from '../domain/rights.ts'
import type { RegistrationResolvers } from '../generated/resolvers.ts'

export const Registration: RegistrationResolvers = {
  async __resolveReference({ id }, { loaders, viewer }) {
    const registration = await loaders.registration.load(id)
    return registration && mayReadRegistration(viewer, registration) ? registration : null
  },
  async event(registration, _args, ctx) {
    const event = await ctx.loaders.event.load(registration.eventId)
    if (!event) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return event
  },
  holder(registration, _args, { viewer }) {
    if (!mayReadHolder(viewer, registration)) return null
    return { name: registration.holderName, email: registration.holderEmail }
  },
  tickets: async ({ id }, _args, ctx) => [...(await ctx.loaders.ticketsOfRegistration.load(id))],
}
