import { leanBodyOf, teachingBodyOf } from './body.ts'
import type { Call, SubgraphOperation } from './dispatch.ts'
import type { Message, Replied, Reply, Send } from './message.ts'

/**
 * Characters from which on a document goes by its hash. A subgraph is as quick with the text of a short one: for it the
 * hash saves bytes, and no time that could be measured (docs/decisions/lean-fetches.md).
 */
const leanFrom = 512

/** A reply that says that the hash is not known is short. */
const refusalCharacters = 1_000

function isUnknown({ body }: Reply): boolean {
  if (body.length > refusalCharacters || !body.includes('PERSISTED_QUERY_NOT_FOUND')) return false
  try {
    const { errors } = JSON.parse(body) as { errors?: { extensions?: { code?: unknown } }[] }
    return errors?.[0]?.extensions?.code === 'PERSISTED_QUERY_NOT_FOUND'
  } catch {
    return false
  }
}

class LeanCall implements Call {
  private readonly known: WeakSet<SubgraphOperation>
  private readonly next: Send
  private readonly message: Message
  private readonly replied: Replied
  private inner: Call | undefined
  private isCancelled = false

  constructor(known: WeakSet<SubgraphOperation>, next: Send, asked: { message: Message; replied: Replied }) {
    this.known = known
    this.next = next
    this.message = asked.message
    this.replied = asked.replied
  }

  begin(): void {
    const { message, known, next } = this
    const { operation, variables } = message
    if (known.has(operation))
      this.inner = next(message.saying(leanBodyOf(operation, variables)), this.endOfLean)
    else this.teach()
  }

  cancel(reason: Error): void {
    this.isCancelled = true
    this.inner?.cancel(reason)
  }

  private readonly endOfLean: Replied = (error, reply) => {
    if (!reply || this.isCancelled || !isUnknown(reply)) return this.replied(error, reply)
    // It has started anew, or has kept others in its place. Nothing was run, so this repeats no mutation.
    this.known.delete(this.message.operation)
    this.teach()
  }

  private teach(): void {
    const { message } = this
    const body = teachingBodyOf(message.operation, message.variables)
    const { next } = this
    this.inner = next(message.saying(body), (error, reply) => {
      // Without data it may be a document that was refused, and such are not kept.
      if (reply?.status === 200 && reply.body.startsWith('{"data":{')) this.known.add(message.operation)
      this.replied(error, reply)
    })
  }
}

/** Sends documents by their hash to an address that has had their text. */
export function withLeanBodies(next: Send): Send {
  const known = new WeakSet<SubgraphOperation>()
  return (message, replied) => {
    if (message.operation.document.length < leanFrom) return next(message, replied)
    const call = new LeanCall(known, next, { message, replied })
    call.begin()
    return call
  }
}
