import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { useParts } from '../page/parts.ts'
import { ThemeToggle } from '../page/theme-toggle.tsx'
import { signInWords } from './sign-in-words.ts'

const GREETINGS = {
  ended: 'Your session has ended. Sign in again to go on.',
  left: 'You are signed out.',
}

/** Ordinary form fields with their standard names, so that password managers know them. */
export function SignInPage({ because }: { because?: 'ended' | 'left' | undefined }) {
  const { session } = useParts()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const password = useRef<HTMLInputElement>(null)
  const problemId = useId()

  useEffect(() => {
    document.title = 'Sign in – Headcount'
  }, [])

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setBusy(true)
    const outcome = await session.signIn(String(fields.get('email')).trim(), String(fields.get('password')))
    if (outcome.kind === 'signedIn') return
    setBusy(false)
    setProblem(signInWords(outcome))
    password.current?.select()
  }

  return (
    <main className="sign-in">
      <form className="card sign-in-card" data-testid="sign-in" onSubmit={(event) => void submit(event)}>
        <div className="sign-in-head">
          <h1 className="brand">Headcount</h1>
          <ThemeToggle />
        </div>
        <p className="quiet" data-testid="connection" data-state="signed-out">
          {because ? GREETINGS[because] : 'Sign in to see the live counts of your events.'}
        </p>
        <label className="field">
          <span>E-mail</span>
          <input
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
            // biome-ignore lint/a11y/noAutofocus: the page's one purpose is this form
            autoFocus
          />
        </label>
        <label className="field">
          <span>Password</span>
          <input
            ref={password}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={256}
            required
            aria-describedby={problem ? problemId : undefined}
          />
        </label>
        <p
          id={problemId}
          className="form-problem"
          role="alert"
          data-testid="sign-in-problem"
          hidden={!problem}
        >
          {problem}
        </p>
        <button type="submit" className="button button-main" disabled={isBusy}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  )
}
