import { scanIdOf } from '../domain/ledger.ts'
import type { LedgerEntryResolvers } from '../generated/resolvers.ts'

const actorKinds = { user: 'USER', device: 'DEVICE', apiKey: 'API_KEY', service: 'SERVICE' } as const

export const LedgerEntry: LedgerEntryResolvers = {
  actor: ({ actorKind, actorId }) => ({ kind: actorKinds[actorKind], id: actorId }),
  gate: async ({ gateId }, _args, ctx) =>
    gateId === null ? null : ((await ctx.loaders.gate.load(gateId)) ?? null),
  scan: async (entry, _args, ctx) =>
    entry.scanId === null ? null : ((await ctx.loaders.scan.load(scanIdOf(entry))) ?? null),
}
