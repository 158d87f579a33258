import { Worker } from 'node:worker_threads'
import type { EngineHost, EngineLoad, HostListeners } from './engine-host.ts'
import { hostLife } from './host-life.ts'
import type { FromHost } from './planning-messages.ts'

/** Opens a thread for a planner. */
export function openThread(load: EngineLoad, listeners: HostListeners): EngineHost {
  const worker = new Worker(new URL('./planning-worker.ts', import.meta.url), {
    workerData: load,
    // Flags of the process (a script on the command line, a hook) are not meant for it.
    execArgv: [],
  })
  const life = hostLife(listeners)
  worker.on('message', (message: FromHost) => life.hear(message))
  worker.on('error', (error) => life.over(error instanceof Error ? error.message : String(error)))
  worker.on('exit', () => life.over('The planning thread ended.'))
  return {
    ready: life.ready,
    post: (message) => worker.postMessage(message),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    async end() {
      life.end()
      await worker.terminate()
    },
  }
}
