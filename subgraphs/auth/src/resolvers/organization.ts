import type { OrganizationResolvers } from '../generated/resolvers.ts'

export const Organization: OrganizationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.organization.load(id),
  members: ({ id }, _args, { loaders }) => loaders.membersOfOrganization.load(id),
}
