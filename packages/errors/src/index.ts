export { catalogue, type ErrorCode, type ErrorEntry, isErrorCode } from './catalogue.ts'
export { codeOf, fail } from './fail.ts'
export { type FieldChecks, fieldChecks, type Limits } from './field-checks.ts'
export {
  conflict,
  type FieldProblem,
  forbidden,
  idempotencyConflict,
  notFound,
  type ValidationError,
  validationError,
} from './problems.ts'
