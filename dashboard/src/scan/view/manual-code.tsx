import { type SubmitEvent, useState } from 'react'

/** For a code that no camera reads: typed or pasted. */
export function ManualCode({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState('')
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = code.trim()
    if (typed === '') return
    setCode('')
    onCode(typed)
  }
  return (
    <form className="scan-manual" data-testid="scan-manual" onSubmit={submit}>
      <label className="field">
        <span>Code by hand</span>
        <input
          type="text"
          value={code}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={1024}
          onChange={({ target }) => setCode(target.value)}
        />
      </label>
      <button type="submit" className="button">
        Check
      </button>
    </form>
  )
}
