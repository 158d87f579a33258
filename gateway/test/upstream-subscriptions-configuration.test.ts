import { expect, test } from 'vitest'
import { readConfiguration } from '../src/configuration/read-configuration.ts'
import { gatewayOptionsOf } from '../src/configuration/to-options.ts'

test('the configuration says how subgraphs are subscribed to, for all and for one', () => {
  const text = `
upstream: { subscriptions: websocket, subscriptionsIdleMs: 30000 }
subgraphs:
  reviews: { subscriptions: sse, subscriptionsUrl: 'wss://reviews.example/live' }
`
  const options = gatewayOptionsOf(readConfiguration({ text, folder: '/', environment: {} }))
  expect(options.upstream).toMatchObject({ subscriptions: 'websocket', subscriptionsIdleMs: 30_000 })
  expect(options.subgraphs?.reviews).toMatchObject({
    subscriptions: 'sse',
    subscriptionsUrl: 'wss://reviews.example/live',
  })
})
