import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamManager,
  NatsError,
  nanos,
  RetentionPolicy,
  StorageType,
} from 'nats'
import { streams } from './streams.ts'

/** The stream that keeps the messages which a consumer has given up. */
export const DEAD_STREAM = 'DEAD'

/** Within this time a message that is published twice is stored once. */
const DUPLICATE_WINDOW_MS = 120_000
const DAY_MS = 86_400_000
/** A service that was away longer has missed messages, and a new one hears no older ones. */
const KEPT_MS = 7 * DAY_MS
const DEAD_KEPT_MS = 30 * DAY_MS
// A process tells every 1.5 s what it still works on, so this is only how long a dead one is waited for.
const ACK_WAIT_MS = 5000
const STREAM_NOT_FOUND = 10059
const CONSUMER_EXISTS = 10148

/** Makes every stream that does not exist, and gives those that do the subjects of this version. */
export async function ensureStreams(manager: JetStreamManager, replicas: number): Promise<void> {
  const wanted = streams.map(({ name, subjects }) => ({ name, subjects: [...subjects], keptMs: KEPT_MS }))
  const dead = { name: DEAD_STREAM, subjects: ['dead.>'], keptMs: DEAD_KEPT_MS }
  for (const stream of [...wanted, dead]) await ensureStream(manager, { ...stream, replicas })
}

async function ensureStream(
  manager: JetStreamManager,
  {
    name,
    subjects,
    keptMs,
    replicas,
  }: { name: string; subjects: string[]; keptMs: number; replicas: number },
): Promise<void> {
  const existing = await manager.streams.info(name).catch((err: unknown) => {
    isError(STREAM_NOT_FOUND)(err)
    return undefined
  })
  if (existing) {
    const isAlike = existing.config.subjects.toSorted().join() === subjects.toSorted().join()
    // Whatever else an operator has changed stays.
    if (!isAlike) await manager.streams.update(name, { subjects })
    return
  }
  // The same call by another process at the same moment succeeds as well: the configuration is the same.
  await manager.streams.add({
    name,
    subjects,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    storage: StorageType.File,
    max_age: nanos(keptMs),
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    num_replicas: replicas,
  })
}

/** Makes or updates the durable consumer of a service on one stream. */
export async function ensureConsumer(
  manager: JetStreamManager,
  { stream, consumer, subjects }: { stream: string; consumer: string; subjects: string[] },
): Promise<void> {
  const exists = await manager.consumers
    .add(stream, {
      durable_name: consumer,
      filter_subjects: subjects,
      deliver_policy: DeliverPolicy.All,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: 5000,
      // We count ourselves and put the message aside before it is given up: the server's own limit drops it
      // silently, and its advisory is a plain message that nobody may be there to hear.
      max_deliver: -1,
    })
    .then(() => false, isError(CONSUMER_EXISTS))
  // An earlier version of the service heard other subjects.
  if (exists) await manager.consumers.update(stream, consumer, { filter_subjects: subjects })
}

/** True for the one error of the server; any other is thrown on. */
function isError(code: number): (err: unknown) => true {
  return (err) => {
    if (err instanceof NatsError && err.api_error?.err_code === code) return true
    throw err
  }
}
