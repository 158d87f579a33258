import type { NatsConnection } from 'nats'
import type { Bus } from './bus.ts'
import type { NatsLink } from './nats-link.ts'

const ALIVE = 'headcount.alive.'

/** Who is alive, by plain messages that are never stored: an old sign of life is none. */
export function createPresence(link: NatsLink, now: () => number): Pick<Bus, 'beat' | 'lastHeard'> {
  const heard = new Map<string, number>()
  let listening: NatsConnection | undefined
  link.onConnect((connection) => {
    // The client renews the subscription by itself where the same connection comes back.
    if (listening === connection) return
    listening = connection
    connection.subscribe(`${ALIVE}*`, {
      callback: (err, { subject }) => {
        if (!err) heard.set(subject.slice(ALIVE.length), now())
      },
    })
  })
  return {
    beat(service) {
      heard.set(service, now())
      try {
        link.current().publish(ALIVE + service)
      } catch {
        // Nobody would hear it now; the next beat comes in 2 s.
      }
    },
    lastHeard: (service) => heard.get(service),
  }
}
