import { useEffect, useState } from 'react'
import { useParts } from './parts.ts'

/** The local time, read at each rendering, and at least every `stepMs`. */
export function useNow(stepMs: number): number {
  const { clock } = useParts()
  const [, tick] = useState(0)
  useEffect(() => {
    const again = () => tick((count) => count + 1)
    const timer = setInterval(again, stepMs)
    // Timers sleep in a hidden tab: what is seen first after that must not be an old state.
    document.addEventListener('visibilitychange', again)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [stepMs])
  return clock.now()
}
