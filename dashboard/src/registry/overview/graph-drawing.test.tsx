import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { describedGraph } from '../../../test/registry/described-graph.ts'
import { GraphDrawing } from './graph-drawing.tsx'

const page = renderToStaticMarkup(<GraphDrawing graph={describedGraph()} />)
const linked = [...page.matchAll(/<a href="#([^"]+)" aria-label="([^"]+)"/g)].map(([, id, label]) => ({
  id,
  label,
}))

it('says all that it draws in words, and leads by keyboard to the row that says it', () => {
  expect(linked.length).toBeGreaterThan(5)
  for (const { id } of linked) expect(page).toContain(`<tr id="${id}"`)
  expect(linked.map(({ label }) => label)).toContain('events and gates share Event, TicketType, Zone')
})

it('draws the platform’s own subgraphs, each with how much it has', () => {
  for (const name of ['analytics', 'auth', 'events', 'gates', 'participants']) {
    expect(linked).toContainEqual({
      id: `subgraph-${name}`,
      label: expect.stringMatching(new RegExp(`^${name}: \\d+ types, \\d+ fields$`)),
    })
  }
})
