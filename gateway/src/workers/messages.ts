/** What can be asked of a worker, and of all of them through the parent. */
export interface Questions {
  /** Prometheus text. */
  readonly metrics: string
  /** What keeps it from serving; empty = ready. */
  readonly problems: readonly string[]
}

/** What parent and workers tell each other over the channel between processes. */
export type Message =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'ask'; readonly id: number; readonly question: keyof Questions }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }

const kinds = ['ready', 'failed', 'stop', 'ask', 'answer']

/** Whether a message of the channel is one of ours. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(String(value.kind))
}

/** One end of the channel: asks questions and finds the answers to them. */
export class Line {
  readonly #send: (message: Message) => void
  readonly #waiting = new Map<number, (answer: unknown) => void>()
  #last = 0

  constructor(send: (message: Message) => void) {
    this.#send = send
  }

  /** Asks; undefined when no answer comes in time. */
  ask<Q extends keyof Questions>(question: Q, limitMs: number): Promise<Questions[Q] | undefined> {
    const id = ++this.#last
    return new Promise((resolve) => {
      const end = (answer: unknown) => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        resolve(answer as Questions[Q] | undefined)
      }
      const timer = setTimeout(() => end(undefined), limitMs)
      this.#waiting.set(id, end)
      this.#send({ kind: 'ask', id, question })
    })
  }

  /** Takes an answer that has come. */
  take(id: number, answer: unknown): void {
    this.#waiting.get(id)?.(answer)
  }
}
