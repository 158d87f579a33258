import { codeOf } from '@headcount/errors'
import { expect, test } from 'vitest'
import { connection, encodeCursor, keysetCondition, pageArguments } from './index.ts'

const events = { name: 'events', key: ['time', 'text'] } as const
interface Row {
  id: string
  startsAt: string
}
const keyOf = (row: Row): [string, string] => [row.startsAt, row.id]
const row = (n: number): Row => ({
  id: `evt_${String(n).padStart(3, '0')}`,
  startsAt: '2026-12-01T18:00:00Z',
})

/** Reads a page of rows as a database would by the page's condition. */
function readPage(rows: readonly Row[], args: { first?: number; after?: string | null }) {
  const page = pageArguments(args, events)
  const [startsAt, id] = page.after ?? ['', '']
  const found = rows
    .toSorted((a, b) => keyOf(a).join().localeCompare(keyOf(b).join()))
    .filter((candidate) => keyOf(candidate).join() > [startsAt, id].join())
  return connection(found.slice(0, page.limit), page, keyOf)
}

function refusal(act: () => unknown): { code: string | undefined; message: string } {
  try {
    act()
  } catch (err) {
    return { code: codeOf(err), message: (err as Error).message }
  }
  throw new Error('It was accepted.')
}

test('pages follow one another without a gap or a repetition, though rows come in between', () => {
  const rows = Array.from({ length: 10 }, (_, index) => row(index * 2))
  const seen: string[] = []
  let after: string | null = null
  for (let turn = 0; ; turn++) {
    const { edges, pageInfo } = readPage(rows, { first: 4, after })
    seen.push(...edges.map(({ node }) => node.id))
    expect(pageInfo.hasPreviousPage).toBe(turn > 0)
    rows.push({ ...row(0), id: `evt_000_${turn}` })
    after = pageInfo.endCursor
    if (!pageInfo.hasNextPage) break
  }
  expect(seen).toEqual(Array.from({ length: 10 }, (_, index) => row(index * 2).id))
})

test('the last page says so, exactly at its edge too, and an empty one has no cursors', () => {
  const rows = [row(1), row(2)]
  expect(readPage(rows, { first: 2 }).pageInfo.hasNextPage).toBe(false)
  expect(readPage(rows, { first: 1 }).pageInfo.hasNextPage).toBe(true)
  expect(readPage([], {})).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  })
  expect(readPage(rows, { first: 0 }).pageInfo).toMatchObject({ hasNextPage: true, endCursor: null })
})

test('every edge has the cursor after which the next page begins', () => {
  const { edges } = readPage([row(1), row(2), row(3)], { first: 2 })
  expect(readPage([row(1), row(2), row(3)], { after: edges[0]?.cursor ?? null }).edges[0]?.node.id).toBe(
    'evt_002',
  )
})

test('first is 50 by default and at most 200, or what the list says', () => {
  expect(pageArguments({}, events)).toMatchObject({ first: 50, limit: 51, after: undefined })
  expect(pageArguments({ first: null, after: null }, events).first).toBe(50)
  expect(pageArguments({ first: 200 }, events).first).toBe(200)
  expect(pageArguments({}, events, { maximum: 20 }).first).toBe(20)
  expect(pageArguments({}, events, { default: 7 }).first).toBe(7)
})

test.for([-1, 201, 1.5, Number.NaN])('first %s is refused with what would be accepted', (first) => {
  expect(refusal(() => pageArguments({ first }, events))).toEqual({
    code: 'BAD_USER_INPUT',
    message: `first is ${first}; it takes a whole number from 0 to 200.`,
  })
})

const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
test.for([
  ['of another list', encodeCursor({ name: 'scans', key: ['time', 'text'] }, ['2026-12-01T18:00:00Z', 'x'])],
  ['of another shape', json(['events', '2026-12-01T18:00:00Z'])],
  ['with a number for a text', json(['events', '2026-12-01T18:00:00Z', 7])],
  ['with a text that is no time', json(['events', 'soon', 'x'])],
  ['with a NUL, which no database takes', json(['events', '2026-12-01T18:00:00Z', 'a\0'])],
  ['that is no JSON', 'bm90IGpzb24'],
  ['that is empty', ''],
  ['of any length', 'A'.repeat(100_000)],
] as const)('a cursor %s is refused', ([, after]) => {
  expect(refusal(() => pageArguments({ after }, events)).code).toBe('BAD_USER_INPUT')
})

test('the condition of a page compares the whole key, in the direction of the list', () => {
  const after = encodeCursor(events, ['2026-12-01T18:00:00Z', 'evt_1'])
  const page = pageArguments({ after }, events)
  expect(keysetCondition(page, ['starts_at', 'id'], { firstPlaceholder: 2 })).toEqual({
    sql: '(starts_at, id) > ($2, $3)',
    params: ['2026-12-01T18:00:00Z', 'evt_1'],
  })
  expect(keysetCondition(page, ['starts_at', 'id'], { descending: true }).sql).toBe(
    '(starts_at, id) < ($1, $2)',
  )
  expect(keysetCondition(pageArguments({}, events), ['starts_at', 'id'])).toEqual({ sql: 'true', params: [] })
})
