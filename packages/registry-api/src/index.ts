export type { AuditEntry, CreatedToken, CreateTokenRequest, Page, TokenSummary } from './administration.ts'
export type {
  BrokenOperation,
  ChangeLevel,
  ChangeUsage,
  ChangeVerdict,
  CheckContext,
  CheckRecord,
  CheckReport,
  CheckRequest,
  CheckSummary,
  ClientName,
  Evidence,
  LintFinding,
  SchemaChange,
} from './check.ts'
export type { CompositionError, CompositionHint, Place } from './composition.ts'
export type { Contract, ContractSummary } from './contract.ts'
export type {
  DocumentsAnswer,
  ManifestSummary,
  PublishDocumentsAnswer,
  PublishDocumentsRequest,
  TrustedDocument,
} from './documents.ts'
export type { DescribedField, DescribedType, GraphDescription } from './graph.ts'
export { type ProblemAnswer, type RegistryProblemCode, registryProblems } from './problem.ts'
export { allows, type RegistryScope, registryScopes } from './scopes.ts'
export {
  type CoordinateUsage,
  latencyBucketsMs,
  type OperationUsage,
  type OperationUsageDetail,
  type ReportedCount,
  type ReportedOperation,
  reportBounds,
  type UnusedAnswer,
  type UsageAnswer,
  type UsageReport,
} from './usage.ts'
export type {
  PublishAnswer,
  PublishedSubgraph,
  PublishRequest,
  RollbackRequest,
  VersionDetail,
  VersionKind,
  VersionSummary,
} from './version.ts'
export { liveSubject } from './version.ts'
