import type { NatsConnection } from 'nats'
import type { Logger } from 'pino'
import { NatsLink } from './nats-link.ts'

/**
 * Words that pass between processes at once, outside of any stream: who does not listen at the moment never hears them. For
 * what is found out in another way too, only later.
 */
export interface Announcements {
  /** Says a word on a subject. Where nobody can be reached it is lost; never throws. */
  say(subject: string, word: string): void
  /** Calls the listener with each word on a subject, until the answered function is called. */
  hear(subject: string, listener: (word: string) => void): () => void
  close(): Promise<void>
}

/** Announcements over core NATS, which comes and goes as it likes. */
export function natsAnnouncements(options: { url: string; log: Logger }): Announcements {
  const link = new NatsLink(options)
  return {
    say(subject, word) {
      try {
        link.current().publish(subject, new TextEncoder().encode(word))
      } catch (err) {
        options.log.debug({ err, subject }, 'nobody hears an announcement')
      }
    },
    hear(subject, listener) {
      let isOver = false
      // A connection that comes back brings its subscriptions with it.
      const known = new WeakSet<NatsConnection>()
      const ends: (() => void)[] = []
      const listen = (connection: NatsConnection) => {
        if (isOver || known.has(connection)) return
        known.add(connection)
        const subscription = connection.subscribe(subject, {
          callback: (err, message) => {
            if (!err && !isOver) listener(message.string())
          },
        })
        ends.push(() => subscription.unsubscribe())
      }
      link.onConnect(listen)
      try {
        listen(link.current())
      } catch {
        // It is not there yet; when it is, it is listened to.
      }
      return () => {
        isOver = true
        for (const end of ends) end()
      }
    },
    close: () => link.close(),
  }
}
