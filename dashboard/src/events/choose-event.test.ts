import { describe, expect, it } from 'vitest'
import { chooseEvent, groupEvents, type ListedEvent } from './choose-event.ts'

const event = (slug: string, status: ListedEvent['status'], day: number): ListedEvent => ({
  id: slug,
  name: slug,
  slug,
  status,
  startsAt: `2026-11-${String(day).padStart(2, '0')}T18:00:00Z`,
  timeZone: 'Europe/Berlin',
})

describe('chooseEvent', () => {
  const past = event('past', 'ENDED', 10)
  const older = event('older', 'ENDED', 9)
  const running = event('running', 'DOORS_OPEN', 20)
  const next = event('next', 'PUBLISHED', 22)
  const later = event('later', 'PUBLISHED', 28)
  const draft = event('draft', 'DRAFT', 21)

  it('prefers the event that runs', () => {
    expect(chooseEvent([later, next, running, past])).toBe(running)
  })

  it('takes the next one when none runs, the last one when none is to come', () => {
    expect(chooseEvent([later, past, next])).toBe(next)
    expect(chooseEvent([older, past])).toBe(past)
  })

  it('takes a draft only when there is nothing else', () => {
    expect(chooseEvent([draft, past])).toBe(past)
    expect(chooseEvent([draft])).toBe(draft)
    expect(chooseEvent([])).toBeUndefined()
  })

  it('lists running, upcoming and past events, each in the order of their nearness', () => {
    const groups = groupEvents([older, later, past, next, running])
    expect(groups.map(({ group, events }) => [group, ...events.map(({ slug }) => slug)])).toEqual([
      ['Running', 'running'],
      ['Upcoming', 'next', 'later'],
      ['Past', 'past', 'older'],
    ])
  })
})
