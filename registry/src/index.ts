export type {
  ChangeLevel,
  CheckReport,
  CompositionError,
  CompositionHint,
  Place,
  SchemaChange,
} from '@headcount/registry-api'
export { RegistryError, type RegistryErrorCode } from './client/registry-error.ts'
export {
  type CallOptions,
  createRegistryHttp,
  type RegistryAddress,
  type RegistryHttp,
} from './client/registry-http.ts'
export { type CheckInput, check } from './comparison/check.ts'
export { type Composed, compose, type NotComposed } from './composition/compose.ts'
export { type Caller as RegistryCaller, RegistryProblem } from './server/endpoint.ts'
export type { RegistryOptions } from './server/options.ts'
export { createRegistry, type LiveSupergraph, type Registry } from './server/registry.ts'
export { parseSettings, readSettings } from './settings/read-settings.ts'
export type { CheckSettings, RegistrySettings } from './settings/settings.ts'
export { readManifest } from './sources/manifest.ts'
export { readWorkingTree } from './sources/working-tree.ts'
export type { Subgraph } from './subgraph.ts'
export type { PublishedDocument, Traffic, TrafficOperation, UsageEvidence } from './weighing/evidence.ts'
