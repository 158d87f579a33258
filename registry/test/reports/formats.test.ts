import { describe, expect, it } from 'vitest'
import type { CheckSubject } from '../../src/reports/check-subject.ts'
import { formats } from '../../src/reports/formats.ts'
import { githubSummary } from '../../src/reports/github.ts'
import { asked, checkPair, now, published, settings, traffic } from '../weighing/evidence.ts'
import { type Carried, readers } from './read-back.ts'

const before = `
type Query {
  event(id: ID!): Event
}
"What people come to."
type Event {
  id: ID!
  name: String!
  status: Status
}
enum Status { DRAFT LIVE }
`
const file = 'subgraphs/one/schema.graphql'
const withoutName = before.replace('  name: String!\n', '')
const usesName = 'query Names($id: ID!) { event(id: $id) { name } }'
const other = 'query Other($id: ID!) { event(id: $id) { id } }'

type Rest = Parameters<typeof checkPair>[2]

interface Class {
  readonly title: string
  readonly after: string
  readonly rest?: Rest
  readonly expected: Carried
}

const removed = { code: 'FIELD_REMOVED', coordinate: 'Event.name', file, line: 6, column: 6 }
const classes: readonly Class[] = [
  {
    title: 'a composition error',
    after: before.replace('): Event', '): Evnt'),
    expected: {
      verdict: 'not-composed',
      code: 'INVALID_GRAPHQL',
      coordinate: undefined,
      file,
      line: 3,
      column: 19,
    },
  },
  {
    title: 'a breaking change that is used',
    after: withoutName,
    rest: { evidence: { documents: [published(usesName)] } },
    expected: { verdict: 'used', ...removed },
  },
  {
    title: 'a breaking change that is unused',
    after: withoutName,
    rest: { evidence: { documents: [published(other)], traffic: traffic(asked(other)) } },
    expected: { verdict: 'unused', ...removed },
  },
  {
    title: 'a breaking change of which nobody knows',
    after: withoutName,
    expected: { verdict: 'unknown', ...removed },
  },
  {
    title: 'a breaking change that is acknowledged',
    after: withoutName,
    rest: {
      settings: settings({
        acknowledged: [
          { change: 'FIELD_REMOVED', coordinate: 'Event.name', reason: 'Agreed.', until: '2027-01-31' },
        ],
      }),
    },
    expected: { verdict: 'acknowledged', ...removed },
  },
  {
    title: 'a dangerous change',
    after: before.replace('DRAFT LIVE', 'DRAFT LIVE ENDED'),
    expected: {
      verdict: 'dangerous',
      code: 'ENUM_VALUE_ADDED',
      coordinate: 'Status.ENDED',
      file,
      line: 11,
      column: 26,
    },
  },
  {
    title: 'a safe change',
    after: before.replace('  name', '  "New." slug: String\n  name'),
    expected: { verdict: 'safe', code: 'FIELD_ADDED', coordinate: 'Event.slug', file, line: 8, column: 10 },
  },
  {
    title: 'a finding of style',
    after: before.replace('  name', '  "New." Slug: String\n  name'),
    expected: { verdict: 'lint', code: 'FIELD_NAME', coordinate: 'Event.Slug', file, line: 8, column: 10 },
  },
]

async function subjectOf(after: string, rest?: Rest): Promise<CheckSubject> {
  return {
    base: 'main (1a2b3c4)',
    subgraphs: ['one'],
    report: await checkPair(before, after, rest),
    prefix: '',
    now,
  }
}

describe.each(Object.keys(formats))('the format %s', (name) => {
  it.each(classes)(
    'carries verdict, code, element and place of $title',
    async ({ after, rest, expected }) => {
      const text = formats[name]?.(await subjectOf(after, rest)) ?? ''
      expect(readers[name]?.(text)).toContainEqual(expected)
    },
  )

  it('has a way back for this test', () => {
    expect(readers[name]).toBeDefined()
  })
})

describe('words for people', () => {
  const words = async (rest: Rest, after = withoutName) =>
    formats['human']?.(await subjectOf(after, rest)) ?? ''
  const clients = [
    { name: 'ios', version: '2.1', requests: 12_000, lastSeenAt: '2026-11-30T11:56:00Z' },
    { name: 'ios', version: '2.0', requests: 300, lastSeenAt: '2026-11-02T00:00:00Z' },
  ]
  const uses = asked('{ event(id: 1) { name } }', { coordinates: ['Event.name'], clients })

  it('say who is hit, how often, and when last', async () => {
    const rest = asked(other, {
      clients: [{ name: 'web', version: '', requests: 12_300, lastSeenAt: '2026-11-30T00:00:00Z' }],
    })
    const evidence = {
      documents: [1, 2, 3].map((n) => published(`${usesName} # ${n}`)),
      traffic: traffic(uses, rest),
    }
    expect(await words({ evidence })).toContain(
      'used: it breaks 3 published operations of dashboard; 12,300 requests of ios 2.1, ios 2.0 (50 % of all) in 30 days, last 4 min ago\n    operations: ',
    )
  })

  it('say what was looked at where nothing is hit, and that thresholds do not count it where they do not', async () => {
    const evidence = { documents: [published(other)], traffic: traffic(asked(other)) }
    expect(await words({ evidence })).toContain(
      'unused: it breaks none of 1 published operation and 10 requests in 30 days',
    )
    const above = { usage: { minimumRequests: 20_000 } }
    expect(
      await words({ evidence: { documents: [], traffic: traffic(uses) }, settings: settings(above) }),
    ).toContain(
      'unused: it breaks 12,300 requests of ios 2.1, ios 2.0 (100 % of all) in 30 days, last 4 min ago, which the settings’ thresholds do not count',
    )
  })

  it('say that nobody knows, and what became of an acknowledgement', async () => {
    const acknowledged = (until: string) =>
      settings({
        acknowledged: [{ change: 'FIELD_REMOVED', coordinate: 'Event.name', reason: 'Agreed.', until }],
      })
    expect(await words({ settings: acknowledged('2026-12-31') })).toContain(
      'acknowledged until 2026-12-31: Agreed.',
    )
    const expired = await words({ settings: acknowledged('2026-01-31') })
    expect(expired).toContain('unknown: nobody knows who uses it')
    expect(expired).toContain('its acknowledgement expired after 2026-01-31: Agreed.')
  })

  it.each([
    ['safe', before, 'SAFE: no change'],
    ['breaking', withoutName, 'BREAKING: 1 change that an app could notice'],
    ['not composed', 'type', 'NOT COMPOSED: 1 error'],
    ['of wrong style', before.replace('  name', '  "New." Slug: String\n  name'), 'STYLE: 1 error'],
  ])('end with the verdict: %s', async (_title, after, line) => {
    expect((await words({}, after)).split('\n').at(-1)).toBe(line)
  })
})

describe('escaping', () => {
  const nasty = 'a%b\r\n::error::c,d:e <&"\'> | ]]> \u0000\u001b[31m'
  const subject = async (): Promise<CheckSubject> => {
    const { report, ...rest } = await subjectOf(withoutName)
    const changes = report.changes.map((change) => ({ ...change, message: nasty, coordinate: nasty }))
    return { ...rest, base: nasty, report: { ...report, changes, notes: [nasty] } }
  }

  it('keeps a GitHub annotation on its one line, whatever a schema says', async () => {
    const lines = formats['github']?.(await subject()).split('\n') ?? []
    const annotations = lines.filter((line) => line.startsWith('::'))
    expect(annotations).toHaveLength((await subject()).report.changes.length)
    expect(annotations[0]).toContain('title=breaking, unknown%3A'.replace(',', '%2C'))
    expect(annotations[0]).toContain('::a%25b%0D%0A::error::c,d:e')
  })

  it('keeps a row of the summary a row', async () => {
    const rows = githubSummary(await subject())
      .split('\n')
      .filter((line) => line.startsWith('| '))
    expect(rows.every((row) => row.replaceAll('\\|', '').split('|').length === 7)).toBe(true)
    expect(githubSummary(await subject())).not.toMatch(/<(?!br>)/)
  })

  it('keeps XML well-formed', async () => {
    const text = formats['junit']?.(await subject()) ?? ''
    const open: string[] = []
    for (const [, close, tag = '', self] of text
      .replace(/^<\?.*?\?>/, '')
      .matchAll(/<(\/?)(\w+)(?:\s[\w]+="[^"<]*")*\s*(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(tag)
      else if (!self) open.push(tag)
    }
    expect(open).toEqual([])
    expect(text.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|apos);)/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot have
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
  })
})

describe('SARIF', () => {
  it('has what its specification asks for: rules with help, results that point at them, lines from 1', async () => {
    const { after, rest } = classes[1] ?? { after: before }
    const sarif = JSON.parse(formats['sarif']?.(await subjectOf(after, rest)) ?? '')
    expect(sarif).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') })
    const [{ tool, results }] = sarif.runs
    expect(tool.driver.name).toBe('headcount schema check')
    for (const rule of tool.driver.rules) {
      expect(rule).toMatchObject({ id: expect.any(String), help: { text: expect.stringMatching(/\w/) } })
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level)
    }
    expect(results.length).toBeGreaterThan(0)
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
      expect(['error', 'warning', 'note']).toContain(result.level)
      expect(result.message.text).toMatch(/\w/)
      expect(result.locations[0].physicalLocation.region.startLine).toBeGreaterThanOrEqual(1)
    }
  })
})
