import { GATE_STATES } from '../../words/states.ts'
import type { Scanner } from '../scanner.ts'
import { chosenGate, type ScannerView } from '../scanner-view.ts'
import type { ScannerGate } from '../sync/standing.ts'

const WAYS = [
  { direction: 'ENTRY', text: 'Entry' },
  { direction: 'EXIT', text: 'Exit' },
] as const

/** Where, and which way. */
export function GateChoice({ scanner, view }: { scanner: Scanner; view: ScannerView }) {
  const { gates, choice } = view
  const gate = chosenGate(view)
  return (
    <div className="scan-choice">
      <label className="scan-gate">
        <span className="visually-hidden">Gate</span>
        <select
          data-testid="scan-gate"
          value={gate?.id ?? ''}
          onChange={({ target }) => scanner.choose({ gateId: target.value })}
        >
          {!gate && (
            <option value="" disabled>
              Choose a gate
            </option>
          )}
          {gates.map(({ id, name, status }) => (
            <option key={id} value={id}>
              {status === 'OPEN_BOTH' || id === gate?.id ? name : `${name} (${GATE_STATES[status].text})`}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="scan-ways">
        <legend className="visually-hidden">Direction</legend>
        {WAYS.map(({ direction, text }) => (
          <button
            key={direction}
            type="button"
            className="button"
            data-testid={`scan-${direction.toLowerCase()}`}
            aria-pressed={choice.direction === direction}
            onClick={() => scanner.choose({ direction })}
          >
            {text}
          </button>
        ))}
      </fieldset>
    </div>
  )
}

/** What the gate's state means for who stands at it; nothing while the gate is open this way. */
export function GateNotice({ gate, direction }: { gate: ScannerGate; direction: 'ENTRY' | 'EXIT' }) {
  const words = noticeOf(gate.status, direction)
  if (!words) return null
  return (
    <p className="scan-notice" role="alert" data-testid="scan-notice" data-status={gate.status}>
      {words}
    </p>
  )
}

function noticeOf(status: ScannerGate['status'], direction: 'ENTRY' | 'EXIT'): string | undefined {
  if (status === 'EMERGENCY') return 'EMERGENCY – let everybody out, let nobody in'
  if (status === 'PAUSED') return 'This gate is paused: nobody in, nobody out'
  if (status === 'CLOSED') return 'This gate is closed'
  if (status === 'OPEN_ENTRY' && direction === 'EXIT') return 'This gate is for entry only'
  if (status === 'OPEN_EXIT' && direction === 'ENTRY') return 'This gate is for exit only'
  return undefined
}
