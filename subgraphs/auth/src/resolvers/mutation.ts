import { viewerOf } from '../context.ts'
import { createDeviceEnrolment } from '../domain/create-device-enrolment.ts'
import { enrolDevice } from '../domain/enrol-device.ts'
import { refreshSession } from '../domain/refresh-session.ts'
import { rollDevice } from '../domain/roll-device.ts'
import { signIn } from '../domain/sign-in.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

export const Mutation: MutationResolvers = {
  signIn: (_parent, { input }, context) => signIn(input, context),
  refreshSession: (_parent, { input }, context) => refreshSession(input.refreshToken, context),
  signOut: async (_parent, _args, context) => {
    const { organizationId, sessionId } = viewerOf(context)
    if (sessionId) await context.store.sessions.end(organizationId, sessionId, context.issuer.now())
    return true
  },
  createDeviceEnrolment: (_parent, { input }, context) => {
    const { store, ask, issuer } = context
    return createDeviceEnrolment(input, { viewer: viewerOf(context), store, ask, now: issuer.now })
  },
  rollDevice: (_parent, { input }, context) => {
    const { store, issuer } = context
    return rollDevice(input.deviceId, { viewer: viewerOf(context), store, now: issuer.now })
  },
  enrolDevice: (_parent, { input }, context) => enrolDevice(input.enrolmentToken, context),
  revokeDevice: (_parent, { input }, context) =>
    context.store.devices.revoke(viewerOf(context).organizationId, input.deviceId, context.issuer.now()),
}
