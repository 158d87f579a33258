import { documentIdOf } from '@headcount/access'
import { ada, leanHeaders, unmarkedHeaders } from '@headcount/service/testing/small-service'

/** What is asked: a query, as the gateway would send it. */
export interface Question {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** The questions, by name. */
export const questions = {
  'one field': { query: '{ me }', variables: {} },
  'ten entities': {
    query:
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Book { title author { name } } } }',
    variables: {
      representations: Array.from({ length: 10 }, (_, id) => ({ __typename: 'Book', id: String(id) })),
    },
  },
} as const satisfies Readonly<Record<string, Question>>

/** Name of a question. */
export type QuestionName = keyof typeof questions
/** All of them. */
export const questionNames = Object.keys(questions) as QuestionName[]

/** How a question reaches the executor over HTTP. */
export const httpWays = {
  'Yoga, text': ({ query, variables }: Question) => ({
    headers: { ...unmarkedHeaders(ada), accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  }),
  'lean path, text': ({ query, variables }: Question) => ({
    headers: leanHeaders(ada),
    body: JSON.stringify({ query, variables }),
  }),
  'lean path, hash': ({ query, variables }: Question) => ({
    headers: leanHeaders(ada),
    body: JSON.stringify({ documentId: documentIdOf(query), variables }),
  }),
} as const

/** Name of a way over HTTP. */
export type HttpWay = keyof typeof httpWays
/** A way, those without HTTP among them. */
export type Way = HttpWay | 'in process' | 'graphql-js alone'
/** All of them; the first is what the others are compared with. */
export const ways: readonly Way[] = [
  ...(Object.keys(httpWays) as HttpWay[]),
  'in process',
  'graphql-js alone',
]

/** Whether a way goes over HTTP. */
export function isHttpWay(way: Way): way is HttpWay {
  return Object.hasOwn(httpWays, way)
}
