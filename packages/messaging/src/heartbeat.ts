import type { Bus } from './bus.ts'

/**
 * Says every 2 s (or `everyMs`) that a service is alive, at once for the first time. Others see it by
 * `bus.lastHeard`. Call it when the service is ready; the returned function ends it.
 */
export function startHeartbeat(bus: Bus, service: string, { everyMs = 2000 } = {}): () => void {
  bus.beat(service)
  const timer = setInterval(() => bus.beat(service), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
