// The planning thread: one engine over one supergraph. Building it and planning would hold up every request otherwise.
import { parentPort, workerData } from 'node:worker_threads'
import type { EngineLoad } from './engine-host.ts'
import { serveEngine } from './serve-engine.ts'

if (parentPort) {
  const port = parentPort
  await serveEngine(workerData as EngineLoad, {
    say: (message) => port.postMessage(message),
    listen: (listener) => port.on('message', listener),
  })
}
