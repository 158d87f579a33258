import { ConfigError } from '@headcount/config'
import { describe, expect, it } from 'vitest'
import { parseSettings, readSettings } from '../src/settings/read-settings.ts'
import { settingsReference } from '../src/settings/reference.ts'

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read()
  } catch (err) {
    if (err instanceof ConfigError) return err.problems
    throw err
  }
  return []
}

const whole = `
subgraphs:
  events: { file: services/events/schema.graphql, url: http://events.example/graphql }
documents: ['apps/*/persisted.json']
check:
  usage: { days: 7, minimumRequests: 100, minimumPercent: 0.5, excludedClients: [internal-*, ios@1.*] }
  clientsSendTrustedDocumentsOnly: true
  acknowledged:
    - { change: FIELD_REMOVED, coordinate: Event.slug, reason: The app has long asked for id., until: 2027-01-31 }
lint: { DESCRIPTION_MISSING: error, INPUT_TYPE_NAME: warning }
`

describe('schema/registry.yaml', () => {
  it('says where subgraphs and documents are, and what a change is judged by', () => {
    expect(parseSettings(whole)).toMatchObject({
      subgraphs: { events: { file: 'services/events/schema.graphql', url: 'http://events.example/graphql' } },
      documents: ['apps/*/persisted.json'],
      check: {
        usage: {
          days: 7,
          minimumRequests: 100,
          minimumPercent: 0.5,
          excludedClients: ['internal-*', 'ios@1.*'],
        },
        clientsSendTrustedDocumentsOnly: true,
        acknowledged: [
          {
            change: 'FIELD_REMOVED',
            coordinate: 'Event.slug',
            reason: 'The app has long asked for id.',
            until: '2027-01-31',
          },
        ],
        lint: { DESCRIPTION_MISSING: 'error', INPUT_TYPE_NAME: 'warning', TYPE_NAME: 'error' },
      },
    })
  })

  it.each([[''], ['# nothing\n'], ['check:\nlint:\n'], ['{}']])(
    'is all defaults where it is empty: %j',
    (text) => {
      expect(parseSettings(text)).toEqual(readSettings(undefined))
      expect(parseSettings(text)).toMatchObject({
        subgraphs: undefined,
        documents: ['schema/documents/*.json'],
        check: {
          usage: { days: 30, minimumRequests: 1, minimumPercent: 0, excludedClients: [] },
          clientsSendTrustedDocumentsOnly: false,
          acknowledged: [],
        },
      })
    },
  )

  it('tells every fault at once, each with its line, column and key', () => {
    const text = `subgraphs: { events: { url: http://x } }
documents: schema/*.json
check:
  usage:
    days: 0
    minimumRequests: 1.5
    excludedClient: [ios]
  acknowledged:
    - { change: FIELD_REMOVED, coordinate: Event.slug, reason: '', until: 2027-02-30 }
    - { change: FIELD_REMOVED, reason: Why not, until: tomorrow }
lint: { TYPE_NAME: fatal, TYPE_NAMES: off }
webhooks: []
`
    const problems = problemsOf(() => parseSettings(text))
    expect(problems.map((one) => one.replace(/ it is .*?takes /, ' takes '))).toEqual([
      expect.stringMatching(
        /^schema\/registry\.yaml:12:\d+ webhooks: there is no such key: known are subgraphs, documents, check, lint\.$/,
      ),
      'schema/registry.yaml:1:22 subgraphs.events.file: takes a text.',
      'schema/registry.yaml:2:12 documents: takes a list of paths from the root, with * and **.',
      expect.stringContaining('schema/registry.yaml:7:21 check.usage.excludedClient: there is no such key'),
      'schema/registry.yaml:5:11 check.usage.days: takes an integer 1-365.',
      'schema/registry.yaml:6:22 check.usage.minimumRequests: takes an integer 1-1000000000.',
      'schema/registry.yaml:9:64 check.acknowledged[0].reason: takes a text.',
      'schema/registry.yaml:9:75 check.acknowledged[0].until: takes a day such as 2027-01-31.',
      'schema/registry.yaml:10:7 check.acknowledged[1].coordinate: takes a text.',
      'schema/registry.yaml:10:56 check.acknowledged[1].until: takes a day such as 2027-01-31.',
      expect.stringContaining('schema/registry.yaml:11:39 lint.TYPE_NAMES: there is no such key'),
      'schema/registry.yaml:11:20 lint.TYPE_NAME: takes error, warning or off.',
    ])
  })

  it.each([
    ['a list', '- 1', 'the settings: it is [1], and takes the keys'],
    ['a key twice', 'lint: {}\nlint: {}', 'schema/registry.yaml:2:1'],
    ['no YAML', 'check: [', 'schema/registry.yaml:1:'],
  ])('that is %s is refused', (_title, text, message) => {
    expect(problemsOf(() => parseSettings(text))).toEqual([expect.stringContaining(message)])
  })

  it('is checked alike when it comes as JSON, where a key named as a property of every object is none', () => {
    const value = JSON.parse('{ "check": { "usage": { "days": "7" }, "constructor": 1, "__proto__": 2 } }')
    expect(problemsOf(() => readSettings(value))).toEqual([
      expect.stringMatching(/^check\.constructor: there is no such key/),
      expect.stringMatching(/^check\.__proto__: there is no such key/),
      'check.usage.days: it is "7", and takes an integer 1-365.',
    ])
  })

  it('has a doc for every key', () => {
    const rows = settingsReference()
    expect(rows.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'subgraphs.<name>.file',
        'check.usage.days',
        'check.acknowledged[].until',
        'lint.TYPE_NAME',
      ]),
    )
    expect(rows.filter(({ doc }) => doc.length < 10)).toEqual([])
  })
})
