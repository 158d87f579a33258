import type { ScanAdmittedResolvers } from '../generated/resolvers.ts'

export const ScanAdmitted: ScanAdmittedResolvers = {
  replayed: ({ isReplayed }) => isReplayed,
  credentialId: ({ scan }) => scan.credentialId ?? '',
  ticketTypeName: ({ ticketType }) => ticketType?.name ?? null,
  credential: ({ scan }) => ({ id: scan.credentialId ?? '' }),
  ticketType: ({ ticketType }) => ticketType ?? null,
  conflict: ({ scan }) => scan.conflict,
  degraded: ({ scan }) => scan.degraded,
}
