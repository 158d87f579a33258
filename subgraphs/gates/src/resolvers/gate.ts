import type { GateResolvers } from '../generated/resolvers.ts'

export const Gate: GateResolvers = {
  __resolveReference: async ({ id }, ctx) => (await ctx.loaders.gate.load(id)) ?? null,
  event: (gate) => ({ id: gate.eventId }),
  zoneFrom: (gate) => (gate.zoneFromId === null ? null : { id: gate.zoneFromId }),
  zoneTo: (gate) => (gate.zoneToId === null ? null : { id: gate.zoneToId }),
  entriesPerMinute: async (gate, _args, ctx) =>
    (await ctx.loaders.gateRate.load(gate.id))?.entriesPerMinute ?? 0,
  ticketTypes: (gate) => gate.ticketTypeIds.map((id) => ({ id })),
  devices: (gate, _args, ctx) => ctx.loaders.devicesOfGate.load(gate.id),
}
