import type { SchemaChange } from '@headcount/registry-api'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { partsAt } from '../../../test/parts.tsx'
import { Changes } from './changes.tsx'
import { DiffView } from './diff-view.tsx'
import { parseDiff } from './parse-diff.ts'

const client = { name: 'venue-app', version: '7.2', requests: 412, lastSeenAt: '2026-11-30T11:59:00.000Z' }
const removed: SchemaChange = {
  ...{ level: 'breaking', code: 'FIELD_REMOVED', schema: 'api', coordinate: 'Event.slug' },
  ...{ message: 'Field slug was removed', verdict: 'used' },
  usage: {
    operations: Array.from({ length: 7 }, (_, index) => ({
      ...{ source: 'traffic', name: `Operation${index}`, id: `id-${index}`, clients: [client] },
    })),
    ...{ operationCount: 60, requests: 412, percent: 0.02, lastSeenAt: client.lastSeenAt },
  },
}
const added: SchemaChange = {
  level: 'safe',
  code: 'FIELD_ADDED',
  schema: 'api',
  message: 'Field city was added',
}
const show = (changes: readonly SchemaChange[]) =>
  renderToStaticMarkup(partsAt(Date.parse('2026-11-30T12:00:00Z'), <Changes changes={changes} />))

describe('the changes of a version or a check', () => {
  it('tell the worst first, with who is hit, and fold what is safe', () => {
    const page = show([added, removed])
    expect(page.indexOf('FIELD_REMOVED')).toBeLessThan(page.indexOf('FIELD_ADDED'))
    expect(page).toContain('In use: breaks 60 operations')
    expect(page).toContain('412 requests (&lt; 0.1 % of all)')
    expect(page).toContain('venue-app 7.2')
    expect(page.match(/<details[^>]*open/g)).toHaveLength(1)
  })

  it('lead to the operation and to the element', () => {
    const page = show([removed])
    expect(page).toContain('href="/graph/operations/id-0"')
    expect(page).toContain('href="/graph/schema/Event#slug"')
  })

  it('show the busiest operations, and offer the rest', () => {
    const page = show([removed])
    expect(page.match(/Operation\d/g)).toHaveLength(5)
    expect(page).toContain('Show 2 more')
  })
})

describe('a diff', () => {
  it('says in signs and in words what is new and what is gone', () => {
    const files = parseDiff('--- a.graphql\n+++ a.graphql\n@@ -1 +1 @@\n-old line\n+new line\n')
    const page = renderToStaticMarkup(<DiffView files={files} />)
    expect(page).toMatch(/gone<\/span><span aria-hidden="true">−<\/span><\/td><td class="line-text">old line/)
    expect(page).toMatch(/new<\/span><span aria-hidden="true">\+<\/span><\/td><td class="line-text">new line/)
  })
})
