import { startChild } from '../processes/start-child.ts'
import type { Load } from './closed-loop.ts'
import type { LoadSource } from './http-load.ts'
import { hasWrk, wrkLoad } from './wrk.ts'

/** `wrk` where it is installed, which costs the least; else sockets of our own, in a process of their own. */
export function startLoad(isOwn: boolean): LoadSource {
  if (!isOwn && hasWrk()) return wrkLoad()
  const child = startChild(new URL('socket-load.ts', import.meta.url))
  return {
    name: 'sockets of our own',
    run: (options) => child.ask<Load>('run', options),
    stop: () => child.stop(),
  }
}
