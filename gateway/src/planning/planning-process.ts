// The planning process: one engine over one supergraph, where it can take nothing down with it but itself.
import { flushCompileCache } from 'node:module'
import type { EngineLoad } from './engine-host.ts'
import { serveEngine } from './serve-engine.ts'

/** The binary's threads would be waited for otherwise, and nothing here has to be kept. */
const endAtOnce = () => process.kill(process.pid, 'SIGKILL')

process.title = 'headcount-planner'
// Whoever opened it is gone, in whatever way.
process.on('disconnect', endAtOnce)
// Sent to the whole group by a terminal or a supervisor: whoever opened it still plans while it drains, and ends it then.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.once('message', async (load) => {
  await serveEngine(load as EngineLoad, {
    say: (message) => process.send?.(message),
    listen: (listener) => process.on('message', listener),
  })
  // Node writes it at an exit, which this process does not live to see.
  flushCompileCache()
})
