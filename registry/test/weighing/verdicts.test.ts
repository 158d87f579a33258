import { describe, expect, it } from 'vitest'
import { asked, brokenBy, checkPair, now, published, settings, traffic } from './evidence.ts'

const before = 'type Query { a: Int b: Int c(i: I): Int } input I { x: Int y: Int }'
const withoutB = before.replace('b: Int ', '')
const usesA = asked('query UsesA { a }', { coordinates: ['Query', 'Query.a'] })
const usesB = asked('query UsesB { b }', { coordinates: ['Query', 'Query.b'] })
const isTrustedOnly = { clientsSendTrustedDocumentsOnly: true }

async function verdict(rest: Parameters<typeof checkPair>[2] = {}) {
  const report = await checkPair(before, withoutB, rest)
  const [change] = report.changes
  return { outcome: report.outcome, verdict: change?.verdict, change, report }
}

describe('the verdict of a breaking change', () => {
  it('is unknown where nobody recorded traffic and clients may send anything, and fails', async () => {
    expect(await verdict()).toMatchObject({ outcome: 'breaking', verdict: 'unknown' })
    const evidence = { documents: [published('query UsesA { a }')] }
    expect(await verdict({ evidence })).toMatchObject({ outcome: 'breaking', verdict: 'unknown' })
  })

  it('is used by a published operation, and fails', async () => {
    const evidence = { documents: [published('query UsesB { b }', 'dashboard')] }
    const { outcome, change } = await verdict({ evidence, settings: settings(isTrustedOnly) })
    expect(outcome).toBe('breaking')
    expect(change).toMatchObject({
      verdict: 'used',
      usage: {
        operations: [
          {
            source: 'published',
            name: 'UsesB',
            clients: [{ name: 'dashboard', requests: 0, lastSeenAt: null }],
          },
        ],
        ...{ operationCount: 1, requests: 0, percent: null, lastSeenAt: null },
      },
    })
  })

  it('is unused where trusted documents are all, or traffic is recorded, and none is broken: it passes', async () => {
    const trusted = { documents: [published('query UsesA { a }')] }
    expect(await verdict({ evidence: trusted, settings: settings(isTrustedOnly) })).toMatchObject({
      outcome: 'safe',
      verdict: 'unused',
    })
    const recorded = { documents: [], traffic: traffic(usesA) }
    const { outcome, report, verdict: said } = await verdict({ evidence: recorded })
    expect({ outcome, said }).toEqual({ outcome: 'safe', said: 'unused' })
    expect(report.evidence).toEqual({
      ...{ days: 30, since: '2026-11-01T00:00:00Z', requests: 10, publishedOperations: 0, isComplete: true },
    })
  })

  it('is unknown where traffic is recorded in general and none is in these days', async () => {
    const evidence = { documents: [], traffic: { days: 30, since: null, operations: [] } }
    expect(await verdict({ evidence })).toMatchObject({ verdict: 'unknown' })
  })

  it('is used by traffic, with who asked, how often, how much of all, and when last', async () => {
    const clients = [
      { name: 'ios', version: '2.0', requests: 20, lastSeenAt: '2026-11-20T00:00:00Z' },
      { name: 'ios', version: '2.1', requests: 30, lastSeenAt: '2026-11-30T11:00:00Z' },
    ]
    const evidence = {
      documents: [],
      traffic: traffic(
        { ...usesB, clients },
        {
          ...usesA,
          clients: [
            { ...clients[0], name: 'web', version: '', requests: 150, lastSeenAt: '2026-11-29T00:00:00Z' },
          ],
        },
      ),
    }
    const { change } = await verdict({ evidence })
    expect(change).toMatchObject({
      verdict: 'used',
      usage: {
        operations: [{ source: 'traffic', id: usesB.id, name: 'UsesB', clients: clients.toReversed() }],
        ...{ operationCount: 1, requests: 50, percent: 25, lastSeenAt: '2026-11-30T11:00:00Z' },
      },
    })
  })

  it('is unused where no operation can reach the element, whatever is known', async () => {
    const report = await checkPair('type Query { a: Int } type T { id: ID }', 'type Query { a: Int }')
    expect(report).toMatchObject({
      outcome: 'safe',
      changes: [{ code: 'TYPE_REMOVED', verdict: 'unused', reason: 'No operation can reach it.' }],
    })
  })

  it('lists the 50 busiest operations and counts all', async () => {
    const operations = Array.from({ length: 60 }, (_, at) =>
      asked(`query Q${at} { b }`, {
        coordinates: ['Query.b'],
        clients: [{ name: 'ios', version: '', requests: at + 1, lastSeenAt: now.toISOString() }],
      }),
    )
    const { change } = await verdict({ evidence: { documents: [], traffic: traffic(...operations) } })
    expect(change?.usage).toMatchObject({ operationCount: 60, requests: 1830, percent: 100 })
    expect(change?.usage?.operations).toHaveLength(50)
    expect(change?.usage?.operations[0]?.name).toBe('Q59')
  })
})

describe('thresholds', () => {
  const evidence = {
    documents: [],
    traffic: traffic(usesB, {
      ...usesA,
      clients: [{ name: 'web', version: '', requests: 990, lastSeenAt: now.toISOString() }],
    }),
  }

  it.each([
    ['fewer requests than the minimum', { minimumRequests: 11 }, 'unused'],
    ['as many requests as the minimum', { minimumRequests: 10 }, 'used'],
    ['a smaller share than the minimum', { minimumPercent: 1.5 }, 'unused'],
    ['a share of the minimum', { minimumPercent: 1 }, 'used'],
  ])('%s: it is told, and the verdict follows', async (_title, usage, expected) => {
    const { change } = await verdict({ evidence, settings: settings({ usage }) })
    expect(change).toMatchObject({
      verdict: expected,
      usage: { requests: 10, percent: 1, operationCount: 1 },
    })
  })

  it('do not hold for what is published', async () => {
    const documents = [published('query UsesB { b }')]
    const usage = { minimumRequests: 1000, minimumPercent: 90 }
    expect(
      await verdict({ evidence: { ...evidence, documents }, settings: settings({ usage }) }),
    ).toMatchObject({
      verdict: 'used',
    })
  })
})

describe('excluded clients', () => {
  it.each([
    [['ios'], 'unused'],
    [['ios@2.1'], 'unused'],
    [['ios@2.*'], 'unused'],
    [['i*'], 'unused'],
    [['ios@1.*'], 'used'],
    [['io'], 'used'],
    [['.os'], 'used'],
  ])('%j: traffic is %s', async (excludedClients, expected) => {
    const evidence = { documents: [], traffic: traffic(usesB, usesA) }
    const found = await verdict({ evidence, settings: settings({ usage: { excludedClients } }) })
    expect(found.verdict).toBe(expected)
    expect(found.report.evidence?.requests).toBe(expected === 'unused' ? 0 : 20)
  })

  it('leave their documents out too, but for a pattern with a version', async () => {
    const evidence = { documents: [published('query UsesB { b }', 'dashboard')], traffic: traffic(usesA) }
    const withPattern = (pattern: string) =>
      verdict({ evidence, settings: settings({ usage: { excludedClients: [pattern] } }) })
    expect((await withPattern('dashboard')).verdict).toBe('unused')
    expect((await withPattern('dashboard@1')).verdict).toBe('used')
  })
})

describe('acknowledged changes', () => {
  const acknowledge = (rest: object) =>
    settings({
      acknowledged: [
        {
          change: 'FIELD_REMOVED',
          coordinate: 'Query.b',
          reason: 'Nobody pays for it.',
          until: '2026-11-30',
          ...rest,
        },
      ],
    })

  it('pass through their last day, with their reason', async () => {
    expect(await verdict({ settings: acknowledge({}) })).toMatchObject({
      outcome: 'safe',
      change: {
        verdict: 'acknowledged',
        acknowledged: { reason: 'Nobody pays for it.', until: '2026-11-30', isExpired: false },
      },
    })
  })

  it('fail after it, and say so', async () => {
    expect(await verdict({ settings: acknowledge({ until: '2026-11-29' }) })).toMatchObject({
      outcome: 'breaking',
      change: { verdict: 'unknown', acknowledged: { isExpired: true } },
    })
  })

  it.each([[{ change: 'FIELD_TYPE_CHANGED' }], [{ coordinate: 'Query.a' }]])(
    'that no change answers to acknowledge nothing and are a note: %j',
    async (rest) => {
      const { outcome, report } = await verdict({ settings: acknowledge(rest) })
      expect(outcome).toBe('breaking')
      expect(report.notes).toEqual([expect.stringContaining('take it out of check.acknowledged')])
    },
  )
})

describe('variables', () => {
  const withoutY = before.replace(' y: Int', '')
  const text = 'query Search($i: I) { c(i: $i) }'
  const coordinates = ['Query', 'Query.c', 'Query.c.i', 'I']
  const brokenIn = async (evidence: object) => {
    const { changes } = await checkPair(before, withoutY, { evidence: { documents: [], ...evidence } })
    return brokenBy(changes, 'INPUT_FIELD_REMOVED', 'I.y')
  }

  it('of a published operation could bring the field, unless all of its traffic is known', async () => {
    const documents = [published(text)]
    const documentId = documents[0]?.id ?? ''
    const run = (rest: object) => traffic(asked(text, { coordinates, documentId, ...rest }))
    expect(await brokenIn({ documents })).toEqual(['Search'])
    expect(await brokenIn({ documents, traffic: run({ inputs: ['I.x'], hasAllInputs: false }) })).toEqual([
      'Search',
    ])
    expect(await brokenIn({ documents, traffic: run({ inputs: ['I.x'] }) })).toEqual([])
    expect(await brokenIn({ documents, traffic: run({ inputs: ['I.x', 'I.y'] }) })).toEqual(['Search'])
    const ofAnother = run({ documentId: null, inputs: ['I.x'] })
    expect(await brokenIn({ documents, traffic: ofAnother })).toEqual(['Search'])
  })

  it('of an operation that was asked brought what was seen, or could where nothing was looked at', async () => {
    const run = (rest: object) => ({ traffic: traffic(asked(text, { coordinates, ...rest })) })
    expect(await brokenIn(run({ inputs: ['I.x'], hasAllInputs: false }))).toEqual([])
    expect(await brokenIn(run({ inputs: ['I.y'], hasAllInputs: false }))).toEqual(['Search'])
    expect(await brokenIn(run({ inputs: [], hasAllInputs: false }))).toEqual(['Search'])
    expect(await brokenIn(run({ inputs: [], hasAllInputs: true }))).toEqual([])
    const literal = asked('query Search($v: Int) { c(i: { x: $v }) }', {
      coordinates: [...coordinates, 'I.y'],
    })
    expect(await brokenIn({ traffic: traffic(literal) })).toEqual(['Search'])
  })

  it('an operation that is published and was asked is one, with its publisher and its askers', async () => {
    const documents = [published('query UsesB { b }', 'dashboard')]
    const run = { ...usesB, documentId: documents[0]?.id ?? '' }
    const { change } = await verdict({ evidence: { documents, traffic: traffic(run) } })
    expect(change?.usage).toMatchObject({
      operations: [
        {
          source: 'published',
          clients: [
            { name: 'ios', requests: 10 },
            { name: 'dashboard', requests: 0 },
          ],
        },
      ],
      ...{ operationCount: 1, requests: 10, percent: 100 },
    })
  })

  it('an id of a client’s own means a document together with the client', async () => {
    const documents = [{ ...published('query UsesB { b }', 'dashboard'), id: '7' }]
    const { change } = await verdict({
      evidence: { documents, traffic: traffic({ ...usesB, documentId: '7' }) },
    })
    expect(change?.usage?.operations.map(({ source }) => source)).toEqual(['traffic', 'published'])
  })
})

describe('an operation that would no longer be valid', () => {
  it('though the change is called dangerous makes a breaking change of its own, at the element', async () => {
    const documents = [published('query NoSize { list }'), published('query Size { list(size: 1) }')]
    const report = await checkPair(
      'type Query { list(size: Int! = 5): [Int] }',
      'type Query { list(size: Int!): [Int] }',
      { evidence: { documents } },
    )
    expect(report).toMatchObject({
      outcome: 'breaking',
      changes: [
        {
          ...{ level: 'breaking', code: 'OPERATION_INVALID', coordinate: 'Query.list.size', verdict: 'used' },
          message: expect.stringContaining('argument "size" of type "Int!" is required'),
          place: { line: 2, column: 19 },
          usage: { operations: [{ name: 'NoSize' }] },
        },
        { level: 'dangerous', code: 'FIELD_ARGUMENT_DEFAULT_CHANGED' },
      ],
    })
  })

  it('though the change is called safe is found as well: selections that no longer merge', async () => {
    const text = 'query Both { u { ... on A { x } ... on B { x } } }'
    const schema = (type: string) =>
      `type Query { u: U } union U = A | B type A { x: ${type} } type B { x: Int }`
    const report = await checkPair(schema('Int'), schema('Int!'), {
      evidence: { documents: [published(text)] },
    })
    expect(report.changes.map(({ code, coordinate }) => `${code} ${coordinate}`)).toEqual([
      'OPERATION_INVALID A.x',
      'FIELD_TYPE_CHANGED A.x',
    ])
  })

  it('and that was asked counts by its requests', async () => {
    const report = await checkPair(
      'type Query { list(size: Int! = 5): [Int] }',
      'type Query { list(size: Int!): [Int] }',
      {
        evidence: { documents: [], traffic: traffic(asked('{ list }', { coordinates: ['Query.list'] })) },
        settings: settings({ usage: { minimumRequests: 11 } }),
      },
    )
    expect(report.outcome).toBe('safe')
    expect(report.changes[0]).toMatchObject({
      code: 'OPERATION_INVALID',
      verdict: 'unused',
      usage: { requests: 10 },
    })
  })

  it('and never was is told in a note, and weighed by what it names', async () => {
    const { change, report } = await verdict({ evidence: { documents: [published('query Old { b gone }')] } })
    expect(report.notes).toEqual([expect.stringContaining('Old')])
    expect(change?.verdict).toBe('used')
  })
})

it('input and report can be sent to a worker thread and back', async () => {
  const input = {
    evidence: { documents: [published('query UsesB { b }')], traffic: traffic(usesA) },
    settings: settings({}),
  }
  const report = await checkPair(before, withoutB, structuredClone(input))
  expect(structuredClone(report)).toEqual(report)
  expect(report.changes[0]?.verdict).toBe('used')
})
