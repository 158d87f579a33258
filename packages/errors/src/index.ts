export { catalogue, type ErrorCode, type ErrorEntry, isErrorCode } from './catalogue.ts'
export { codeOf, fail } from './fail.ts'
