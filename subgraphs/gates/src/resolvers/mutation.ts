import { changerOf, viewerOf } from '../context.ts'
import { assignDevices } from '../domain/assign-devices.ts'
import { setGateStatus } from '../domain/set-gate-status.ts'
import { upsertGate } from '../domain/upsert-gate.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

export const Mutation: MutationResolvers = {
  upsertGate: (_root, { input }, ctx) => upsertGate(ctx, changerOf(ctx), input),
  setGateStatus: (_root, { input }, ctx) => setGateStatus(ctx, changerOf(ctx), input),
  assignDevices: (_root, { input }, ctx) => assignDevices(ctx, changerOf(ctx), input),
  async recordScan(_root, { input }, ctx) {
    const result = await ctx.recorder.record(viewerOf(ctx), input)
    if ('__typename' in result) return result
    // The batch has just read the gate: an answer that shows it costs no further statement.
    if (result.gate) ctx.loaders.gate.prime(result.gate.id, result.gate)
    return { ...result, __typename: result.scan.outcome === 'ADMITTED' ? 'ScanAdmitted' : 'ScanRejected' }
  },
}
