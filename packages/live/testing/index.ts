// biome-ignore lint/performance/noBarrelFile: the public entry of the test support
export { startCluster, type TestCluster } from './start-cluster.ts'
