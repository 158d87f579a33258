import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type Answer, hasCode, UNAUTHENTICATED, unreachable } from './answer.ts'
import type { Send, SendOptions } from './send.ts'

/** Whose rights a question is asked with. */
export interface Credentials {
  /** A token that is good now; undefined when none can be had at the moment. */
  accessToken: () => Promise<string | undefined>
  /** Says that the platform refused a token, so that the next one is another. */
  refused: (accessToken: string) => void
}

/** Asks with the rights of the person who is signed in, or of the device that is enrolled. */
export type Ask = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options?: Pick<SendOptions, 'deadlineMs'>,
) => Promise<Answer<Data>>

/** A token may end between two clocks: what it was refused for is asked once more with the next token. */
export function createAsk(send: Send, credentials: Credentials): Ask {
  return async (document, variables, options) => {
    const first = await credentials.accessToken()
    if (!first) return unreachable('The platform cannot be reached.')
    const answer = await send(document, variables, { ...options, accessToken: first })
    if (!hasCode(answer.problems, UNAUTHENTICATED)) return answer
    credentials.refused(first)
    const second = await credentials.accessToken()
    if (!second || second === first) return answer
    return send(document, variables, { ...options, accessToken: second })
  }
}
