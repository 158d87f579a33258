export type { Invocation } from './command.ts'
export { runOperations } from './operations.ts'
export { runRegistry } from './registry.ts'
export { runSchema } from './schema.ts'
