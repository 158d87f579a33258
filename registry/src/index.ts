export { RegistryError, type RegistryErrorCode } from './client/registry-error.ts'
export {
  type CallOptions,
  createRegistryHttp,
  type RegistryAddress,
  type RegistryHttp,
} from './client/registry-http.ts'
export type { Caller } from './commands/command.ts'
export { runSchema } from './commands/schema.ts'
export { type CheckReport, check } from './comparison/check.ts'
export type { ChangeLevel, SchemaChange } from './comparison/schema-change.ts'
export { type Composed, compose, type NotComposed } from './composition/compose.ts'
export type { CompositionError } from './composition/composition-error.ts'
export type { CompositionHint } from './composition/composition-hint.ts'
export { readWorkingTree } from './sources/working-tree.ts'
export type { Place, Subgraph } from './subgraph.ts'
