export { createRegistryHttp, type RegistryHttp } from './client/registry-http.ts'
export { type Caller, RegistryProblem } from './server/endpoint.ts'
export { createRegistry, type Registry } from './server/registry.ts'
