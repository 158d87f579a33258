import { headers, type JetStreamClient, type JetStreamManager, type JsMsg } from 'nats'
import { DEAD_STREAM } from './nats-streams.ts'

const PUBLISH_DEADLINE_MS = 2000
const SUBJECT_HEADER = 'Headcount-Subject'

/** Puts a message aside for a consumer. A message and consumer that are put aside twice are kept once. */
export async function putAside(
  js: JetStreamClient,
  { message, consumer, reason }: { message: JsMsg; consumer: string; reason: string },
): Promise<void> {
  const { info, subject } = message
  const about = headers()
  about.set(SUBJECT_HEADER, subject)
  about.set('Headcount-Consumer', consumer)
  about.set('Headcount-Attempts', String(info.deliveryCount))
  // A header is one line.
  about.set('Headcount-Reason', reason.replaceAll(/[\r\n]+/g, ' '))
  await js.publish(`dead.${consumer}.${subject}`, message.data, {
    headers: about,
    msgID: `${consumer}.${info.stream}.${info.streamSequence}`,
    timeout: PUBLISH_DEADLINE_MS,
  })
}

/** How many messages are put aside. */
export async function countDead(manager: JetStreamManager): Promise<number> {
  return (await manager.streams.info(DEAD_STREAM)).state.messages
}

/**
 * Publishes every message that was put aside under its own subject again; answers how many. All consumers of
 * the subject get it, which changes nothing for those that have applied it.
 */
export async function replayDead(js: JetStreamClient, manager: JetStreamManager): Promise<number> {
  const { state } = await manager.streams.info(DEAD_STREAM)
  let count = 0
  for (let sequence = state.first_seq; sequence <= state.last_seq && state.messages > 0; sequence++) {
    // Gaps are messages that were replayed before.
    const stored = await manager.streams.getMessage(DEAD_STREAM, { seq: sequence }).catch(() => undefined)
    const subject = stored?.header.get(SUBJECT_HEADER)
    if (!stored || !subject) continue
    await js.publish(subject, stored.data, { msgID: `replay.${sequence}`, timeout: PUBLISH_DEADLINE_MS })
    await manager.streams.deleteMessage(DEAD_STREAM, sequence)
    count++
  }
  return count
}
