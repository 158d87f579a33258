import { expect, test } from 'vitest'
import type { EntityGroup } from '../planning/plan.ts'
import type { Answered, Dispatch, Fetch, FetchAnswer, FetchContext } from '../upstream/dispatch.ts'
import { compileGroup } from './entities.ts'
import type { PossibleTypes } from './possible-types.ts'
import { sendByContext } from './send-by-context.ts'

const types: PossibleTypes = { of: (name) => new Set([name]), isObject: () => true }

const field = (key: string) => ({ kind: 'field', key }) as const

const group: EntityGroup = {
  responseKey: '_entities',
  variable: 'representations',
  paths: [[field('people'), { kind: 'items' }, field('letter')]],
  requires: ['__typename', 'id'].map((name) => ({
    kind: 'field',
    name,
    alias: undefined,
    selections: undefined,
  })),
  inputRewrites: [],
  outputRewrites: [],
  contextArguments: [
    { variable: 'lang', isNullable: false, sources: [{ up: 1, path: [field('lang')] }] },
    { variable: 'zone', isNullable: true, sources: [{ up: 2, path: [field('zone')] }] },
  ],
}

/** Letters of people, by the languages that those speak: sent, and left open. */
function send(langs: readonly (string | null)[]) {
  const sent: { readonly fetch: Fetch; readonly answered: Answered; cancelled: Error | undefined }[] = []
  const dispatch: Dispatch = (fetch, answered) => {
    const one = { fetch, answered, cancelled: undefined as Error | undefined }
    sent.push(one)
    return {
      cancel(reason) {
        one.cancelled = reason
      },
    }
  }
  const compiled = compileGroup(group, { types, keys: ['text'], mustCopy: false })
  const people = langs.map((lang, index) => ({ lang, letter: { __typename: 'Letter', id: index % 2 } }))
  const batch = compiled.collect({ zone: 'z', people })
  const operation = { subgraph: 'letters', document: '', name: undefined, kind: 'query' } as const
  const ask = sendByContext({ operation, dispatch, variables: ['mine'], groups: [compiled] })
  const answers: (FetchAnswer | undefined)[] = []
  const context: FetchContext = {
    viewer: undefined,
    requestId: '',
    traceparent: '',
    headers: {},
    extension: undefined,
  }
  const call = ask({ values: { mine: 1, other: 2 }, batches: [batch], context }, (_, answer) => {
    answers.push(answer)
  })
  return { sent, answers, call, compiled, batch, people }
}

const answer = (...texts: string[]): FetchAnswer => ({
  data: { _entities: texts.map((text) => ({ text })) },
  errors: undefined,
  text: undefined,
})

test('sends one request for each way of the values, each representation once in it', () => {
  const { sent, batch } = send(['de', 'fr', 'de', 'de'])
  expect(batch.sources).toHaveLength(3)
  const letter = (id: number) => ({ __typename: 'Letter', id })
  const expected = [
    { mine: 1, lang: 'de', zone: 'z', representations: [letter(0), letter(1)] },
    { mine: 1, lang: 'fr', zone: 'z', representations: [letter(1)] },
  ]
  expect(sent.map(({ fetch }) => fetch.variables.object())).toEqual(expected)
  expect(sent.map(({ fetch }) => fetch.variables.text())).toEqual(expected.map((one) => JSON.stringify(one)))
})

test('answers once, when all parts have come, with each entity at the objects that it is for', () => {
  const { sent, answers, compiled, batch, people } = send(['de', 'fr', 'de', 'de'])
  sent[1]?.answered(undefined, answer('fr 1'))
  expect(answers).toEqual([])
  sent[0]?.answered(undefined, answer('de 0', 'de 1'))
  expect(answers).toHaveLength(1)
  compiled.merge(answers[0]?.data?._entities as unknown[], batch)
  expect(people).toMatchObject([
    { letter: { text: 'de 0' } },
    { letter: { text: 'fr 1' } },
    { letter: { text: 'de 0' } },
    { letter: { text: 'de 1' } },
  ])
})

test('a part that fails leaves the others as they are, with an error at each of its own', () => {
  const { sent, answers } = send(['de', 'fr', 'fr'])
  sent[0]?.answered(undefined, answer('de 0'))
  sent[1]?.answered(Object.assign(new Error('away'), { extensions: { code: 'X' } }), undefined)
  expect(answers[0]?.data).toEqual({ _entities: [{ text: 'de 0' }] })
  expect(answers[0]?.errors).toMatchObject([
    { message: 'away', path: ['_entities', 1], extensions: { code: 'X' } },
    { message: 'away', path: ['_entities', 2], extensions: { code: 'X' } },
  ])
})

test('errors of a part have their place in the whole batch; those without one stand at all of the part', () => {
  const { sent, answers } = send(['de', 'fr', 'fr'])
  sent[0]?.answered(undefined, { data: undefined, errors: undefined, text: undefined })
  const errors = [{ message: 'here', path: ['_entities', 1, 'text', 0] }, { message: 'somewhere' }]
  sent[1]?.answered(undefined, { data: null, errors, text: undefined })
  expect(answers[0]?.errors?.map(({ message, path }) => [message, ...(path ?? [])])).toEqual([
    ['an answer with neither data nor errors', '_entities', 0],
    ['here', '_entities', 2, 'text', 0],
    ['somewhere', '_entities', 1],
    ['somewhere', '_entities', 2],
  ])
})

test('does not ask with null for an argument that may not be null', () => {
  const { sent, answers } = send(['de', null])
  expect(sent).toHaveLength(1)
  sent[0]?.answered(undefined, answer('de 0'))
  expect(answers[0]?.errors).toMatchObject([
    { path: ['_entities', 1], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
  ])
})

test('is answered at once where nothing can be asked', () => {
  const { sent, answers } = send([null])
  expect(sent).toEqual([])
  expect(answers).toHaveLength(1)
})

test('gives up every part when it is given up', () => {
  const { sent, call } = send(['de', 'fr'])
  const reason = new Error('over')
  call.cancel(reason)
  expect(sent.map(({ cancelled }) => cancelled)).toEqual([reason, reason])
})
