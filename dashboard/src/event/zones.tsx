import type { ZoneCount } from '../live/occupancy.ts'
import { formatCount, formatShare } from '../words/numbers.ts'
import type { EventFacts } from './use-event-at-address.ts'
import { ENFORCEMENTS, zoneLevel } from './zone-level.ts'

/** People in each zone against what it holds. */
export function Zones({ event, zones }: { event: EventFacts; zones: readonly ZoneCount[] | undefined }) {
  const parents = new Map(event.zones.map((zone) => [zone.id, zone.parent?.name]))
  return (
    <section className="card zones" aria-labelledby="zones-title">
      <h2 id="zones-title">Zones</h2>
      {zones?.length === 0 && <p className="quiet">This event has no zones.</p>}
      <ul className="plain-list">
        {zones?.map(({ zone, inside }, index) => (
          <Zone key={zone?.id ?? index} zone={zone} inside={inside} parent={parents.get(zone?.id ?? '')} />
        ))}
      </ul>
    </section>
  )
}

function Zone({ zone, inside, parent }: ZoneCount & { parent: string | undefined }) {
  const name = zone?.name ?? 'Unnamed zone'
  const capacity = zone?.capacity ?? null
  const { level, share, text } = zoneLevel(inside, capacity)
  const enforcement = zone && ENFORCEMENTS[zone.enforcement]
  return (
    <li
      className="zone"
      data-testid={`zone-${name}`}
      data-inside={inside}
      data-capacity={capacity ?? undefined}
      data-level={level}
    >
      <div className="zone-line">
        <h3>
          {name}
          {parent && <small className="quiet"> in {parent}</small>}
        </h3>
        {enforcement && (
          <span className="mark" data-enforcement={zone.enforcement} title={enforcement.meaning}>
            {enforcement.mark}
            <span className="visually-hidden"> limit</span>
          </span>
        )}
        <p className="zone-count">
          <strong>{formatCount(inside)}</strong>{' '}
          {capacity !== null && <span className="quiet">of {formatCount(capacity)}</span>}{' '}
          {share !== undefined && (
            <span className="level">
              {formatShare(share)} {text}
            </span>
          )}
        </p>
      </div>
      {share !== undefined && (
        // The text above says the same: the bar is for the eye.
        <div className="bar" aria-hidden="true">
          <div className="bar-fill" style={{ transform: `scaleX(${Math.min(1, share)})` }} />
        </div>
      )}
    </li>
  )
}
