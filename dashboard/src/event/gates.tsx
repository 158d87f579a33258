import type { GateCount } from '../live/occupancy.ts'
import { formatCount } from '../words/numbers.ts'
import { GATE_STATES } from '../words/states.ts'

/** Each gate: what it lets through, and what has passed. */
export function Gates({ gates }: { gates: readonly GateCount[] | undefined }) {
  const busiest = Math.max(1, ...(gates ?? []).map((gate) => gate.entriesPerMinute))
  return (
    <section className="card gates" aria-labelledby="gates-title">
      <h2 id="gates-title">Gates</h2>
      {gates?.length === 0 ? (
        <p className="quiet">This event has no gates.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Gate</th>
              <th scope="col" className="number">
                <abbr title="Entries in the last minute">Per min</abbr>
              </th>
              <th scope="col" className="number">
                Entries
              </th>
              <th scope="col" className="number">
                Exits
              </th>
              <th scope="col" className="number">
                Rejected
              </th>
            </tr>
          </thead>
          <tbody>
            {gates?.map((count) => (
              <Gate key={count.gate.id} {...count} busiest={busiest} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Gate({
  gate,
  entries,
  exits,
  rejected,
  entriesPerMinute,
  busiest,
}: GateCount & { busiest: number }) {
  const { text, tone } = GATE_STATES[gate.status]
  return (
    <tr
      data-testid={`gate-${gate.name}`}
      data-status={gate.status}
      data-entries={entries}
      data-exits={exits}
      data-rejected={rejected}
      data-per-minute={entriesPerMinute}
    >
      <th scope="row">
        <span className="gate-name">{gate.name}</span>{' '}
        <span className="chip" data-tone={tone}>
          {text}
        </span>
      </th>
      <td className="number rate">
        <div className="rate-line">
          <div className="bar bar-thin" aria-hidden="true">
            <div className="bar-fill" style={{ transform: `scaleX(${entriesPerMinute / busiest})` }} />
          </div>
          <span>{formatCount(Math.round(entriesPerMinute))}</span>
        </div>
      </td>
      <td className="number">{formatCount(entries)}</td>
      <td className="number">{formatCount(exits)}</td>
      <td className="number">{formatCount(rejected)}</td>
    </tr>
  )
}
