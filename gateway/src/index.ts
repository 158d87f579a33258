export { createGateway, type Gateway } from './gateway.ts'
export { defaultLimits, type Limits } from './limits.ts'
export type {
  AuthenticationOptions,
  GatewayOptions,
  Placement,
  SubgraphAnswer,
  SubgraphError,
  SubgraphRequest,
} from './options.ts'
export { gatewayServer } from './server.ts'
export { SupergraphRefused } from './supergraph/generation.ts'
