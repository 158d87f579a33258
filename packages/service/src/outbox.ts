import type { Database, Transaction } from '@headcount/database'
import { appendToOutbox, type OutgoingMessage, type Relay } from '@headcount/messaging'

/** Notes a message that is sent if, and only if, the transaction commits. */
export type Publish = (message: OutgoingMessage) => void

/** Transactions of one service whose messages reach the other services. */
export interface Outbox {
  /**
   * Runs `work` in one transaction, as `database.transaction`, together with the messages that it published. May run
   * `work` again; what an earlier run published is forgotten then.
   */
  transaction<T>(work: (tx: Transaction, publish: Publish) => Promise<T>): Promise<T>
  /** Lets commits wake this relay. */
  attach(relay: Relay): void
}

/** Makes the outbox of a service's database. */
export function createOutbox(database: Database): Outbox {
  let relay: Relay | undefined
  return {
    async transaction(work) {
      let didPublish = false
      const result = await database.transaction(async (tx) => {
        const messages: OutgoingMessage[] = []
        const answer = await work(tx, (message) => messages.push(message))
        didPublish = messages.length > 0
        appendToOutbox(tx, messages)
        return answer
      })
      if (didPublish) relay?.nudge()
      return result
    },
    attach(attached) {
      relay = attached
    },
  }
}
