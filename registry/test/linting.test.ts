import { describe, expect, it } from 'vitest'
import { check } from '../src/comparison/check.ts'
import { readSettings } from '../src/settings/read-settings.ts'
import { subgraph } from './fixtures.ts'

const tidy = `
type Query {
  "An event."
  event("Its id." id: ID!): Event
}
"What people come to."
type Event @key(fields: "id") {
  "Names it."
  id: ID!
  "Shown."
  name: String @deprecated(reason: "Use id.")
}
"Where it stands."
enum Status {
  "Being written."
  DRAFT
}
"Which events."
input FilterInput {
  "In this state."
  status: Status
}
`

interface Options {
  readonly before?: string
  readonly lint?: object
  readonly lintsAll?: boolean
}

async function lint(after: string, { before = tidy, lint: levels = {}, lintsAll = false }: Options = {}) {
  const report = await check({
    base: [subgraph('events', before)],
    head: [subgraph('events', after)],
    settings: readSettings({ lint: levels }).check,
    lintsAll,
  })
  return {
    outcome: report.outcome,
    found: report.lint.map((one) => `${one.level} ${one.rule} ${one.coordinate}`),
    report,
  }
}

describe('rules of style', () => {
  it('find nothing in a tidy schema', async () => {
    expect(await lint(tidy, { lintsAll: true })).toMatchObject({ outcome: 'safe', found: [] })
  })

  it.each([
    ['type Event @key', 'type my_event @key', 'TYPE_NAME my_event'],
    ['name: String', 'Full_name: String', 'FIELD_NAME Event.Full_name'],
    ['"Its id." id: ID!', '"Its id." Id: ID!', 'ARGUMENT_NAME Query.event.Id'],
    ['  DRAFT', '  draft', 'ENUM_VALUE_NAME Status.draft'],
    ['  status: Status', '  Status: Status', 'FIELD_NAME FilterInput.Status'],
    ['(reason: "Use id.")', '', 'DEPRECATION_REASON_MISSING Event.name'],
    ['(reason: "Use id.")', '(reason: "")', 'DEPRECATION_REASON_MISSING Event.name'],
  ])('fail a check: %s → %s', async (from, to, expected) => {
    const after = tidy
      .replace(from, to)
      .replace('): Event', from.startsWith('type Event') ? '): my_event' : '): Event')
    const { outcome, found } = await lint(after, { before: tidy.replace('status: Status', 'status: Status') })
    expect(found).toContain(`error ${expected}`)
    // Breaking as well where a name went.
    expect(['lint', 'breaking']).toContain(outcome)
  })

  it('ask for a description where there is none, as a warning that passes', async () => {
    const { outcome, found } = await lint(tidy.replace('  "Shown."\n', ''))
    expect({ outcome, found }).toEqual({ outcome: 'safe', found: ['warning DESCRIPTION_MISSING Event.name'] })
  })

  it('look at what is new or changed, and at everything when asked', async () => {
    const untidy = tidy.replace('  "Shown."\n', '').replace('  DRAFT', '  draft')
    const after = untidy.replace('  id: ID!', '  id: ID!\n  Slug: String')
    expect((await lint(after, { before: untidy })).found).toEqual([
      'error FIELD_NAME Event.Slug',
      'warning DESCRIPTION_MISSING Event.Slug',
    ])
    expect((await lint(after, { before: untidy, lintsAll: true })).found).toEqual([
      'error FIELD_NAME Event.Slug',
      'error ENUM_VALUE_NAME Status.draft',
      'warning DESCRIPTION_MISSING Event.Slug',
      'warning DESCRIPTION_MISSING Event.name',
    ])
  })

  it('point at the changed declaration', async () => {
    const { report } = await lint(tidy.replace('  id: ID!', '  id: ID!\n  Slug: String'))
    expect(report.lint[0]).toMatchObject({
      coordinate: 'Event.Slug',
      place: { subgraph: 'events', file: 'subgraphs/events/schema.graphql', line: 10, column: 3 },
    })
  })

  it('come to what the settings say', async () => {
    const after = tidy.replace('  "Shown."\n', '').replace('FilterInput', 'Filter')
    expect((await lint(after, { lint: { DESCRIPTION_MISSING: 'error' } })).found).toEqual([
      'error DESCRIPTION_MISSING Event.name',
    ])
    expect((await lint(after, { lint: { DESCRIPTION_MISSING: 'off' } })).found).toEqual([])
    expect(
      (await lint(after, { lint: { DESCRIPTION_MISSING: 'off', INPUT_TYPE_NAME: 'warning' } })).found,
    ).toEqual(['warning INPUT_TYPE_NAME Filter'])
  })

  it('take a description in one of the subgraphs for all, and ask nothing of what federation brings', async () => {
    const other = subgraph(
      'gates',
      'type Event @key(fields: "id") { id: ID! @external "How many." inside: Int }\ndirective @cold on OBJECT',
    )
    const report = await check({ base: [], head: [subgraph('events', tidy), other], lintsAll: true })
    expect(report.lint).toEqual([])
  })
})
