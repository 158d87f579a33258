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
export type { DocumentsFeed, Feed, PublishedSupergraph, SupergraphFeed } from './feeds/feed.ts'
export { createGateway, type Gateway } from './gateway.ts'
export { defaultLimits, type Limits } from './limits.ts'
export { DocumentsRefused } from './operations/trusted/documents-refused.ts'
export type { ManifestFile } from './operations/trusted/manifest-files.ts'
export type {
  AuthenticationOptions,
  GatewayOptions,
  Placement,
  RegistrySource,
  SubgraphAnswer,
  SubgraphError,
  SubgraphRequest,
  SupergraphSource,
  TrustedDocumentsOptions,
} from './options.ts'
export { gatewayServer, serveGateway } from './server.ts'
export { SupergraphRefused } from './supergraph/supergraph-refused.ts'
export type { HeaderRule, Replica, UpstreamOptions } from './upstream-options.ts'
export { httpUsageSink } from './usage/http-usage-sink.ts'
export type { UsageOptions } from './usage/usage.ts'
export { UsageRefused, type UsageSink } from './usage/usage-sink.ts'
