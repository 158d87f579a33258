import { type SubmitEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { useScannerParts } from '../scanner-context.ts'
import type { EnrolOutcome } from '../session/device-session-keeper.ts'
import { enrolmentTokenIn } from '../session/enrolment-token.ts'
import { CameraView } from './camera-view.tsx'

/** Makes this browser a scanner, by the one-time code that an organiser shows. */
export function EnrolPage({ hasEnded }: { hasEnded: boolean }) {
  const { offeredToken } = useScannerParts()
  const { enrol, isBusy, problem } = useEnrol()
  const [isCameraOn, setCameraOn] = useState(false)
  const problemId = useId()

  useEffect(() => {
    document.title = 'Set up this scanner – Headcount'
    if (offeredToken !== undefined) enrol(offeredToken)
  }, [offeredToken, enrol])

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
        <CameraView isOn={isCameraOn} onCode={enrol} onSwitch={setCameraOn} />
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
  const tried = useRef<string>(undefined)
  const enrol = useCallback(
    (text: string) => {
      const token = enrolmentTokenIn(text)
      if (token === undefined) return setProblem('This is not a code that sets up a scanner.')
      if (tried.current === token) return // the camera still sees it
      tried.current = token
      setBusy(true)
      void keeper.enrol(token).then((outcome) => {
        setBusy(false)
        setProblem(problemOf(outcome))
        if (outcome.kind === 'unreachable') tried.current = undefined
      })
    },
    [keeper],
  )
  return { enrol, isBusy, problem }
}

function problemOf(outcome: EnrolOutcome): string | undefined {
  if (outcome.kind === 'refused') return outcome.message
  return outcome.kind === 'unreachable'
    ? 'The platform cannot be reached. Check the network and try again.'
    : undefined
}
