import { fail } from '@headcount/errors'
import { scanIdOf } from '../domain/ledger.ts'
import type { ScanResolvers } from '../generated/resolvers.ts'

export const Scan: ScanResolvers = {
  __resolveReference: async ({ id }, ctx) => (await ctx.loaders.scan.load(id)) ?? null,
  id: (scan) => scanIdOf(scan),
  async gate(scan, _args, ctx) {
    const gate = await ctx.loaders.gate.load(scan.gateId)
    if (!gate) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return gate
  },
  of: async ({ eventId, ofSeq }, _args, ctx) =>
    ofSeq === null ? null : ((await ctx.loaders.scan.load(scanIdOf({ eventId, ledgerSeq: ofSeq }))) ?? null),
  undo: async (scan, _args, ctx) => (await ctx.loaders.secondWords.load(scan.scanId)).undo ?? null,
  decision: async (scan, _args, ctx) => (await ctx.loaders.secondWords.load(scan.scanId)).decision ?? null,
  device: (scan, _args, ctx) => (scan.deviceId === null ? null : ctx.loaders.device.load(scan.deviceId)),
  credential: (scan) => (scan.credentialId === null ? null : { id: scan.credentialId }),
}
