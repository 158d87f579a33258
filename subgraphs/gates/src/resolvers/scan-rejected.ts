import { fail } from '@headcount/errors'
import type { RecordedScan } from '../domain/record-scan.ts'
import type { ScanRejectedResolvers } from '../generated/resolvers.ts'

export const ScanRejected: ScanRejectedResolvers = {
  replayed: ({ isReplayed }) => isReplayed,
  reason: ({ scan }) => {
    if (!scan.reason) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    return scan.reason
  },
  message: (result) => refusalOf(result).message,
  firstAdmission: (result) => refusalOf(result).firstAdmission,
  async validGates(result, _args, ctx) {
    const { validGateIds } = refusalOf(result)
    if (!validGateIds) return null
    const gates = await Promise.all(validGateIds.map((id) => ctx.loaders.gate.load(id)))
    return gates.filter((gate) => gate !== undefined)
  },
  validFrom: (result) => refusalOf(result).validFrom,
  validUntil: (result) => refusalOf(result).validUntil,
  overridable: (result) => refusalOf(result).isOverridable,
}

function refusalOf({ scan }: RecordedScan) {
  if (!scan.refusal) throw fail('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
  return scan.refusal
}
