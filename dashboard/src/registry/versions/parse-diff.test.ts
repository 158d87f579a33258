import { describe, expect, it } from 'vitest'
import { parseDiff } from './parse-diff.ts'

const diff = `--- a/events.graphql
+++ b/events.graphql
@@ -1,3 +1,4 @@
 type Event {
-  slug: String
+  slug: String!
+  name: String
 }
@@ -10 +11 @@ type Zone
--- a comment of SDL is no file
+++ nor is this
--- old.graphql\t2026-11-30
+++ /dev/null
@@ -1 +0,0 @@
-scalar Old
\\ No newline at end of file
`

describe('parseDiff', () => {
  it('numbers lines in both texts', () => {
    const [file] = parseDiff(diff)
    expect(file?.name).toBe('events.graphql')
    expect(file?.hunks[0]?.lines).toEqual([
      { sign: ' ', text: 'type Event {', before: 1, after: 1 },
      { sign: '−', text: '  slug: String', before: 2, after: undefined },
      { sign: '+', text: '  slug: String!', before: undefined, after: 2 },
      { sign: '+', text: '  name: String', before: undefined, after: 3 },
      { sign: ' ', text: '}', before: 3, after: 4 },
    ])
  })

  it('takes a changed line for no new file, whatever it begins with', () => {
    const files = parseDiff(diff)
    expect(files.map(({ name }) => name)).toEqual(['events.graphql', 'old.graphql'])
    expect(files[0]?.hunks[1]).toMatchObject({
      header: '@@ -10 +11 @@ type Zone',
      lines: [
        { sign: '−', text: '-- a comment of SDL is no file', before: 10 },
        { sign: '+', text: '++ nor is this', after: 11 },
      ],
    })
  })

  it('keeps the name of a text that is gone', () => {
    expect(parseDiff(diff)[1]).toEqual({
      name: 'old.graphql',
      hunks: [
        {
          header: '@@ -1 +0,0 @@',
          lines: [{ sign: '−', text: 'scalar Old', before: 1, after: undefined }],
        },
      ],
    })
  })

  it('finds nothing in an empty diff, and reads one without names', () => {
    expect(parseDiff('')).toEqual([])
    expect(parseDiff('@@ -0,0 +1 @@\n+a\n')).toMatchObject([
      { name: '', hunks: [{ lines: [{ text: 'a' }] }] },
    ])
  })
})
