export { type Cluster, type StartClusterOptions, startCluster } from './cluster.ts'
export { ClusterError, type ClusterErrorCode } from './errors.ts'
export { removeCluster } from './remove-cluster.ts'
export { stopCluster } from './stop-cluster.ts'
