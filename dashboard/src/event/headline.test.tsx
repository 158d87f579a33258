import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { occupancyAt, START } from '../../test/occupancy.ts'
import { partsAt } from '../../test/parts.tsx'
import { Headline } from './headline.tsx'
import type { EventFacts } from './use-event-at-address.ts'

const event: EventFacts = {
  id: 'evt_1',
  name: 'Doors Open',
  slug: 'doors-open',
  status: 'LIVE',
  startsAt: '2026-11-22T18:00:00Z',
  doorsOpenAt: '2026-11-22T17:00:00Z',
  endsAt: '2026-11-22T22:00:00Z',
  timeZone: 'Europe/Berlin',
  registeredCount: 100,
  zones: [],
}

function render(oldSince: number | undefined): string {
  const freshness = { ageMs: 500, isStale: false, oldSince, now: START + 500 }
  const occupancy = occupancyAt(41)
  return renderToStaticMarkup(
    partsAt(START, <Headline event={event} problems={[]} occupancy={occupancy} freshness={freshness} />),
  )
}

describe('Headline', () => {
  it('keeps the last number while the connection is away, and says since when it is old', () => {
    const html = render(START)
    expect(html).toContain('data-inside="41"')
    expect(html).toContain('data-stale="true"')
    expect(html).toContain('Old: no counts since 18:00:00')
  })

  it('says nothing of the kind of a fresh number', () => {
    const html = render(undefined)
    expect(html).toContain('data-stale="false"')
    expect(html).not.toContain('data-testid="stale"')
  })
})
