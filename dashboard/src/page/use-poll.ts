import { useEffect, useRef } from 'react'
import { useParts } from './parts.ts'

/**
 * Runs a task at once, and again `intervalMs` after it ended (a tenth of jitter, so that pages do not ask in step).
 * Starts anew whenever `key` changes; the signal tells a task that its answer is not wanted any more.
 */
export function usePoll(key: string, intervalMs: number, task: (signal: AbortSignal) => Promise<void>): void {
  const { clock } = useParts()
  const latest = useRef(task)
  useEffect(() => {
    latest.current = task
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what starts it anew
  useEffect(() => {
    const ending = new AbortController()
    let cancel = () => {}
    const run = async () => {
      await latest.current(ending.signal)
      if (ending.signal.aborted) return
      cancel = clock.after(intervalMs * (0.95 + Math.random() / 10), () => void run())
    }
    void run()
    return () => {
      ending.abort()
      cancel()
    }
  }, [key, intervalMs, clock])
}
