export type {
  ExtensionAnswer,
  ExtensionContext,
  ExtensionFetch,
  ExtensionOperation,
  ExtensionPolicies,
  ExtensionRefusal,
  ExtensionRequest,
  GatewayExtension,
} from './extension.ts'
export type { Feed, PublishedSupergraph, SupergraphFeed } from './feeds/feed.ts'
export { createGateway, type Gateway } from './gateway.ts'
export { defaultLimits, type Limits } from './limits.ts'
export type {
  AuthenticationOptions,
  GatewayOptions,
  Placement,
  RegistrySource,
  SubgraphAnswer,
  SubgraphError,
  SubgraphRequest,
  SupergraphSource,
} from './options.ts'
export { gatewayServer, serveGateway } from './server.ts'
export { SupergraphRefused } from './supergraph/supergraph-refused.ts'
export type { HeaderRule, Replica, UpstreamOptions } from './upstream-options.ts'
