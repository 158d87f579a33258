import { changerOf, viewerOf } from '../context.ts'
import { assignDevices } from '../domain/assign-devices.ts'
import { deviceHeartbeat } from '../domain/device-heartbeat.ts'
import { recordScan } from '../domain/record-scan.ts'
import { resetPresence } from '../domain/reset-presence.ts'
import { setGateStatus } from '../domain/set-gate-status.ts'
import { settleQuarantine } from '../domain/settle-quarantine.ts'
import { undoScan } from '../domain/undo-scan.ts'
import { uploadScanBatch } from '../domain/upload-scan-batch.ts'
import { upsertGate } from '../domain/upsert-gate.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

export const Mutation: MutationResolvers = {
  upsertGate: (_root, { input }, ctx) => upsertGate(ctx, changerOf(ctx), input),
  setGateStatus: (_root, { input }, ctx) => setGateStatus(ctx, changerOf(ctx), input),
  assignDevices: (_root, { input }, ctx) => assignDevices(ctx, changerOf(ctx), input),
  async recordScan(_root, { input }, ctx) {
    const result = await recordScan(ctx, viewerOf(ctx), input)
    if ('__typename' in result) return result
    ctx.loaders.forget()
    // The batch has just read the gate: an answer that shows it costs no further statement.
    if (result.gate) ctx.loaders.gate.prime(result.gate.id, result.gate)
    return { ...result, __typename: result.scan.outcome === 'ADMITTED' ? 'ScanAdmitted' : 'ScanRejected' }
  },
  async uploadScanBatch(_root, { input }, ctx) {
    const result = await uploadScanBatch(ctx, viewerOf(ctx), input)
    ctx.loaders.forget()
    return result
  },
  async undoScan(_root, { input }, ctx) {
    const result = await undoScan(ctx, changerOf(ctx), input)
    ctx.loaders.forget()
    return result
  },
  async resetPresence(_root, { input }, ctx) {
    const result = await resetPresence(ctx, changerOf(ctx), input)
    ctx.loaders.forget()
    return result
  },
  async settleQuarantine(_root, { input }, ctx) {
    const result = await settleQuarantine(ctx, changerOf(ctx), input)
    ctx.loaders.forget()
    return result
  },
  async deviceHeartbeat(_root, { input }, ctx) {
    const result = await deviceHeartbeat(ctx, viewerOf(ctx), input)
    ctx.loaders.forget()
    return result
  },
}
