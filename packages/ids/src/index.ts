export { idOf, type IdKind, isId, newId } from './ids.ts'
