// biome-ignore lint/performance/noBarrelFile: the public entry of the test support
export { createTestDatabase, type TestDatabase } from './create-test-database.ts'
