import { readAnswer } from './answer.ts'
import { bodyOf } from './body.ts'
import { type Answered, type Call, type Dispatch, type Fetch, nothingToCancel } from './dispatch.ts'
import { Message, type Send } from './message.ts'
import type { Outgoing, OutgoingHeaders } from './outgoing-headers.ts'
import { unavailable } from './unavailable.ts'

/** Sends a fetch with these headers, and reads what comes back. */
export function sendFetch(
  { operation, variables }: Fetch,
  outgoing: Outgoing,
  send: Send,
): (answered: Answered) => Call {
  const text = variables.text()
  const message = new Message(operation, { variables: text, body: bodyOf(operation, text) }, outgoing)
  return (answered) =>
    send(message, (error, reply) => {
      if (!reply) return answered(unavailable(error), undefined)
      let answer: ReturnType<typeof readAnswer>
      try {
        answer = readAnswer(reply)
      } catch (cause) {
        return answered(unavailable(cause), undefined)
      }
      answered(undefined, answer)
    })
}

/** Makes messages of fetches, and answers of replies: everything below works on text. */
export function overHttp(headers: OutgoingHeaders, send: Send): Dispatch {
  return (fetch, answered) => {
    let begin: (answered: Answered) => Call
    try {
      begin = sendFetch(fetch, headers.of(fetch.context), send)
    } catch (cause) {
      answered(unavailable(cause), undefined)
      return nothingToCancel
    }
    return begin(answered)
  }
}
