export {
  type Ask,
  type AskOptions,
  createAsk,
  type Placement,
  type Question,
  ServiceUnavailable,
} from './ask.ts'
export { type Connections, watchConnections } from './connections.ts'
export { createService, type Job, type RequestBase, type ServiceDefinition } from './create-service.ts'
export { answerLive, answerMetrics, answerReady, routeByPath, sendJson } from './http-routes.ts'
export { type Forgetful, loadersWhenUsed } from './loaders.ts'
export { createOutbox, type Outbox, type Publish } from './outbox.ts'
export { type RepeatOptions, repeat } from './repeat.ts'
export { type RunOptions, runService } from './run-service.ts'
export type { Parts, Route, Service, SubgraphAnswer, SubgraphRequest } from './service.ts'
export { commonSettings } from './settings.ts'
