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
    // What an earlier mutation of the document has read is out of date.
    for (const loader of [
      ctx.loaders.credential,
      ctx.loaders.eventCounts,
      ctx.loaders.zoneCount,
      ctx.loaders.gateRate,
    ])
      loader.clearAll()
    // The batch has just read the gate: an answer that shows it costs no further statement.
    if (result.gate) ctx.loaders.gate.clear(result.gate.id).prime(result.gate.id, result.gate)
    return { ...result, __typename: result.scan.outcome === 'ADMITTED' ? 'ScanAdmitted' : 'ScanRejected' }
  },
}
