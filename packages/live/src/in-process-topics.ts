import { EventEmitter } from 'node:events'
import type { Logger } from 'pino'
import { createTopics, type SubscriberClient } from './create-topics.ts'
import type { Topics } from './topics.ts'

/**
 * Topics within this process, for the embedded default: RedisPubSub over an emitter instead of a server.
 * Messages travel as JSON all the same, so that nothing works here that would fail over Redis.
 */
export function inProcessTopics({ log }: { log: Logger }): Topics {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  const channels = new Set<string>()
  const subscriber: SubscriberClient = {
    on: (event, listener) => emitter.on(event, listener),
    subscribe(channel, done) {
      channels.add(channel)
      done(null)
    },
    unsubscribe: (channel) => channels.delete(channel),
    punsubscribe: () => undefined,
  }
  return createTopics({
    log,
    subscriber,
    async send(channel, text) {
      // Not in the caller's stack: a scan must not pay for its listeners, as with a server.
      setImmediate(() => {
        if (channels.has(channel)) emitter.emit('message', channel, text)
      })
    },
    async activeChannels(pattern) {
      const matches = globMatcher(pattern)
      return [...channels].filter(matches)
    },
    onReconnect: () => () => undefined,
    ready: async () => undefined,
    close: async () => channels.clear(),
  })
}

function globMatcher(pattern: string): (channel: string) => boolean {
  const source = pattern
    .replace(/[\\^$.|+(){}[\]]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, 's')
  return (channel) => expression.test(channel)
}
