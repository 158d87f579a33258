import { buildSchema, graphqlSync, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { composePlainGraph, composeTopicGraph, plainTypeDefs, queryText, subscriptionText } from './graph.ts'
import { eventId, messageOf, nowMicros, occupancyOf } from './message.ts'

test('a message holds all that subscribers select, in about 600 bytes, whatever its number', () => {
  const schema = buildSchema(plainTypeDefs)
  const state = occupancyOf(eventId(0), 1, nowMicros())
  const query = subscriptionText
    .replace('subscription Live($eventId: ID!, $minIntervalMs: Int! = 0)', 'query Live($eventId: ID!)')
    .replace(/occupancyChanged\(.*?\)/, 'occupancy(eventId: $eventId)')
  const { data, errors } = graphqlSync({
    schema,
    source: query,
    rootValue: { occupancy: () => state },
    variableValues: { eventId: eventId(0) },
  })
  expect(errors).toBeUndefined()
  expect(data?.occupancy).toEqual(state)
  expect(Buffer.byteLength(JSON.stringify(state))).toBeGreaterThan(560)
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(680)
  const { seq, asOf, data: rest } = JSON.parse(messageOf(state)) as Record<string, object>
  expect({ seq, asOf, ...rest }).toEqual(state)
})

test('the graph composes with and without its directives, and the operations are valid', () => {
  const schema = buildSchema(plainTypeDefs)
  for (const text of [subscriptionText, queryText]) expect(validate(schema, parse(text))).toEqual([])
  const topics = composeTopicGraph('http://counts.test')
  expect(topics).toContain('@topic(name: "event:{eventId}:occupancy"')
  expect(topics.match(/@audience\(by: ORGANIZATION\)/g)?.length).toBeGreaterThan(15)
  expect(composePlainGraph('http://counts.test')).not.toContain('@topic')
})
