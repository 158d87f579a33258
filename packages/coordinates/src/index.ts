export { operationCoordinates } from './operation-coordinates.ts'
export { compileVariableCoordinates, type VariableCoordinates } from './variable-coordinates.ts'
