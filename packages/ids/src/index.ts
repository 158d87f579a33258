export { type IdKind, idOf, isId, newId } from './ids.ts'
