import { lazy, type SubmitEvent, Suspense, useState } from 'react'
import { CreateDeviceEnrolmentDocument } from '../generated/graphql.ts'
import { useParts } from '../page/parts.ts'
import { eventTimes } from '../words/times.ts'

// The code is drawn by a library that nobody else on this page needs.
const QrCode = lazy(() => import('./qr-code.tsx').then(({ QrCode: component }) => ({ default: component })))

interface InviteScannerProps {
  event: { id: string; timeZone: string }
  gates: readonly { id: string; name: string }[]
  onInvited: () => void
}

interface Invitation {
  enrolmentToken: string
  expiresAt: string
}

/** Makes a one-time code with which a device sets itself up as a scanner. */
export function InviteScanner({ event, gates, onInvited }: InviteScannerProps) {
  const { ask } = useParts()
  const [invitation, setInvitation] = useState<Invitation>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (submitted: SubmitEvent<HTMLFormElement>) => {
    submitted.preventDefault()
    const fields = new FormData(submitted.currentTarget)
    const input = {
      eventId: event.id,
      name: String(fields.get('name')).trim(),
      gateIds: fields.getAll('gate').map(String),
    }
    if (input.gateIds.length === 0) return setProblem('Choose at least one gate.')
    setBusy(true)
    const { data, problems } = await ask(CreateDeviceEnrolmentDocument, { input })
    setBusy(false)
    setInvitation(data?.createDeviceEnrolment ?? undefined)
    setProblem(data?.createDeviceEnrolment ? undefined : (problems[0]?.message ?? 'No code was made.'))
    onInvited()
  }
  return (
    <>
      <form className="invite" onSubmit={(submitted) => void submit(submitted)}>
        <label className="field">
          <span>Name of the new scanner</span>
          <input name="name" type="text" maxLength={100} autoComplete="off" required />
        </label>
        <fieldset className="invite-gates">
          <legend>Its gates</legend>
          {gates.map(({ id, name }) => (
            <label key={id}>
              <input type="checkbox" name="gate" value={id} defaultChecked={gates.length === 1} /> {name}
            </label>
          ))}
        </fieldset>
        <p className="form-problem" role="alert" hidden={!problem}>
          {problem}
        </p>
        <button type="submit" className="button" disabled={isBusy}>
          Make a code
        </button>
      </form>
      <div role="status">{invitation && <ShownInvitation {...invitation} timeZone={event.timeZone} />}</div>
    </>
  )
}

function ShownInvitation({ enrolmentToken, expiresAt, timeZone }: Invitation & { timeZone: string }) {
  const times = eventTimes(timeZone)
  const until = Date.parse(expiresAt)
  return (
    <div className="invitation" data-testid="invitation">
      <Suspense fallback={null}>
        <QrCode enrolmentToken={enrolmentToken} />
      </Suspense>
      <div>
        <p>Read this with the new device’s camera, or open “/scan” on it and paste:</p>
        <p>
          <code>{enrolmentToken}</code>
        </p>
        <p className="quiet">
          Good once, until {times.dayAndMinute(until)} {times.zoneName(until)}. It is shown only here.
        </p>
      </div>
    </div>
  )
}
