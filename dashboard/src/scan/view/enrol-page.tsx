import { type SubmitEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { RepeatGuard } from '../reading/repeat-guard.ts'
import { useScannerParts } from '../scanner-context.ts'
import type { EnrolOutcome } from '../session/device-session-keeper.ts'
import { enrolmentTokenIn } from '../session/enrolment-token.ts'
import { CameraView } from './camera-view.tsx'

/** Makes this browser a scanner, by the one-time code that an organiser shows. */
export function EnrolPage({ hasEnded }: { hasEnded: boolean }) {
  const { takeOffer } = useScannerParts()
  const { enrol, see, isBusy, problem } = useEnrol()
  const [isCameraOn, setCameraOn] = useState(false)
  const problemId = useId()

  useEffect(() => {
    document.title = 'Set up this scanner – Headcount'
    const offered = takeOffer()
    if (offered !== undefined) enrol(offered)
  }, [takeOffer, enrol])

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    enrol(String(new FormData(event.currentTarget).get('token')))
  }

  return (
    <main className="sign-in">
      <form className="card sign-in-card" data-testid="enrol" onSubmit={submit}>
        <h1 className="brand">Set up this scanner</h1>
        <p className="quiet">
          {hasEnded
            ? 'This scanner’s access has ended: it was taken out of service, or set up elsewhere. Ask an organiser for a new code.'
            : 'Ask an organiser for a code: on the event’s page, under “Scanners”. Read it with the camera, or paste it here.'}
        </p>
        <CameraView isOn={isCameraOn} onCode={see} onSwitch={setCameraOn} />
        <label className="field">
          <span>Code</span>
          <input
            name="token"
            type="text"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={500}
            required
            aria-describedby={problem ? problemId : undefined}
          />
        </label>
        <p id={problemId} className="form-problem" role="alert" data-testid="enrol-problem" hidden={!problem}>
          {problem}
        </p>
        <button type="submit" className="button button-main" disabled={isBusy}>
          {isBusy ? 'Setting up…' : 'Set up'}
        </button>
      </form>
    </main>
  )
}

function useEnrol() {
  const { keeper } = useScannerParts()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isTrying = useRef(false)
  const [guard] = useState(() => new RepeatGuard())
  const enrol = useCallback(
    (text: string) => {
      const token = enrolmentTokenIn(text)
      if (token === undefined) return setProblem('This is not a code that sets up a scanner.')
      if (isTrying.current) return
      isTrying.current = true
      setBusy(true)
      const ended = (outcome: string | undefined) => {
        isTrying.current = false
        setBusy(false)
        setProblem(outcome)
      }
      void keeper.enrol(token).then(problemOf, notKept).then(ended)
    },
    [keeper],
  )
  /** What the camera sees, once for as long as it sees it. */
  const see = (text: string) => {
    if (guard.isNew(text, Date.now())) enrol(text)
  }
  return { enrol, see, isBusy, problem }
}

function notKept(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `This browser did not keep what it was given: ${message} Ask for a new code.`
}

function problemOf(outcome: EnrolOutcome): string | undefined {
  if (outcome.kind === 'refused') return outcome.message
  return outcome.kind === 'unreachable'
    ? 'The platform cannot be reached. Check the network and try again.'
    : undefined
}
