import type { LiveState } from '@headcount/live-client'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { partsAt } from '../../test/parts.tsx'
import { InterruptionNotice } from './interruption-notice.tsx'

const from = Date.parse('2026-11-22T20:14:05Z')
const back: LiveState = { phase: 'live', interruption: { from, to: from + 30_000, outcome: 'continued' } }

function render(live: LiveState, now: number): string {
  return renderToStaticMarkup(partsAt(now, <InterruptionNotice live={live} now={now} timeZone="UTC" />))
}

describe('InterruptionNotice', () => {
  it('says in a region that is read aloud how long the page saw nothing', () => {
    expect(render(back, from + 31_000)).toBe(
      '<div class="interruption" role="status"><p data-testid="interruption">No counts from 20:14:05 to 20:14:35; the number is exact again.</p></div>',
    )
  })

  it('keeps its region, empty, before and after', () => {
    const empty = '<div class="interruption" role="status"></div>'
    expect(render({ phase: 'live' }, from)).toBe(empty)
    expect(render({ phase: 'lost', since: from }, from)).toBe(empty)
    expect(render(back, from + 120_000)).toBe(empty)
  })
})
