// biome-ignore lint/performance/noBarrelFile: the public entry of the test support
export { freePort } from '../src/free-port.ts'
export { serversOrSkip, titled } from './servers-or-skip.ts'
