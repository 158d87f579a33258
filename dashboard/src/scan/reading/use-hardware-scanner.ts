import { useEffect, useRef } from 'react'
import { CodeRecogniser } from './code-recogniser.ts'

/** Calls `onCode` with what a hardware scanner types, wherever the focus is. */
export function useHardwareScanner(onCode: (code: string) => void): void {
  const latest = useRef(onCode)
  useEffect(() => {
    latest.current = onCode
  })
  useEffect(() => {
    const recogniser = new CodeRecogniser()
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const code = recogniser.press({ key: event.key, at: event.timeStamp })
      // Letters choose in a list: a code would choose another gate.
      if (event.target instanceof HTMLSelectElement && /^\S$/.test(event.key)) event.preventDefault()
      if (code === undefined) return
      // Its Enter must press no button and send no form.
      event.preventDefault()
      event.stopPropagation()
      if (event.target instanceof HTMLElement) event.target.blur()
      latest.current(code)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
