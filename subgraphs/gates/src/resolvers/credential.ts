import { pageArguments } from '@headcount/paging'
import type { CredentialResolvers } from '../generated/resolvers.ts'
import { credentialScanList } from '../store/scan-pages.ts'

// Fields, and no look-up in __resolveReference: where a scan leads to its credential the reference is never resolved.
export const Credential: CredentialResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  async inside({ id }, _args, ctx) {
    const state = await ctx.loaders.credential.load(id)
    return state ? state.bodies > 0 : null
  },
  async scans({ id }, args, ctx) {
    const page = pageArguments(args, credentialScanList)
    return ctx.loaders.scansOfCredential.load({ credentialId: id, page })
  },
  firstAdmission: async ({ id }, _args, ctx) =>
    (await ctx.loaders.credential.load(id))?.firstAdmission ?? null,
  scannedJustNowBy: ({ id }, { deviceId }, ctx) =>
    ctx.loaders.scannedJustNow.load({ deviceId, credentialId: id }),
}
