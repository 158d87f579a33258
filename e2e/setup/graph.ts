import { Agent, request } from 'undici'

/** An error of an answer. */
export interface GraphError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code?: string } & Readonly<Record<string, unknown>>
}

/** An answer of the graph, as it came. */
export interface Answer<Data = Record<string, unknown>> {
  readonly status: number
  readonly text: string
  readonly data?: Data | null
  readonly errors?: readonly GraphError[]
}

/** What a mutation answered: one member of its result's union. */
export type Outcome = { readonly __typename: string; readonly message?: string } & Readonly<
  Record<string, unknown>
>

/** Asks the graph in somebody's name. */
export interface Caller {
  readonly token: string | undefined
  /** The whole answer, with its errors. Rejects where no answer came. */
  send<Data = Record<string, unknown>>(query: string, variables?: object): Promise<Answer<Data>>
  /** The data. Rejects where the answer carries errors. */
  ask<Data = Record<string, unknown>>(query: string, variables?: object): Promise<Data>
  /** What a mutation with one `input` answered, whichever member of its union. */
  attempt<Result = Outcome>(field: string, input: object, selection?: string): Promise<Result>
  /** The same, where only success will do: rejects where the member is a Problem. */
  change<Result = Outcome>(field: string, input: object, selection?: string): Promise<Result>
}

/** The graph of a platform. */
export interface Graph {
  /** In nobody's name without a token. */
  as(token?: string): Caller
  /** A body as it is, for what no client would send. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  close(): Promise<void>
}

const CONNECTIONS = 128
/** Well above the gateway's own deadline: nobody answers on a connection that was handed to a process as it died. */
const ANSWER_MS = 30_000

/** Opens the graph of the platform at `url`; an answer that has not begun after `answerMs` counts as lost. */
export function openGraph(url: string, answerMs = ANSWER_MS): Graph {
  const agent = new Agent({ connections: CONNECTIONS, pipelining: 1, headersTimeout: answerMs })
  const post = async <Data>(body: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body,
      dispatcher: agent,
    })
    const text = await response.body.text()
    return { status: response.statusCode, text, ...parse(text) } as Answer<Data>
  }
  return {
    post,
    as: (token) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      return callerOf(token, (query, variables) => post(JSON.stringify({ query, variables }), headers))
    },
    close: () => agent.destroy(),
  }
}

function parse(text: string): object {
  try {
    return JSON.parse(text) as object
  } catch {
    return {}
  }
}

type Send = <Data>(query: string, variables?: object) => Promise<Answer<Data>>

function callerOf(token: string | undefined, send: Send): Caller {
  const ask = async <Data>(query: string, variables?: object): Promise<Data> => {
    const { data, errors, status, text } = await send<Data>(query, variables)
    if (errors || !data) throw new Error(`Status ${status} for ${query}\n${text}`)
    return data
  }
  const attempt = async <Result>(field: string, input: object, selection = ''): Promise<Result> => {
    const data = await ask<Record<string, Result>>(mutationOf(field, selection), { input })
    const outcome = data[field]
    if (!outcome) throw new Error(`${field} answered nothing: ${JSON.stringify(data)}`)
    return outcome
  }
  return {
    token,
    send,
    ask,
    attempt,
    async change<Result>(field: string, input: object, selection?: string) {
      const outcome = await attempt<Result & { message?: string }>(field, input, selection)
      if (outcome.message !== undefined) throw new Error(`${field}: ${JSON.stringify(outcome)}`)
      return outcome
    },
  }
}

/** The document of a mutation that takes one `input` and answers a union. */
export function mutationOf(field: string, selection = ''): string {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
  return `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${selection} ... on Problem { message } } }`
}
