import { ConfigError, readConfig } from '@headcount/config'
import { expect, test } from 'vitest'
import { redisAddresses, redisPubSub, redisUrl } from './settings.ts'

const spec = { redisUrl: redisUrl('Pub/sub.'), redisPubSub }

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(spec, environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('several hosts are one address each, with the login and the rest of all', () => {
  expect(redisAddresses('rediss://me:a%40b@a:1,[::1]:2,c/0?x=1')).toEqual([
    'rediss://me:a%40b@a:1/0?x=1',
    'rediss://me:a%40b@[::1]:2/0?x=1',
    'rediss://me:a%40b@c/0?x=1',
  ])
  expect(redisAddresses('redis://127.0.0.1:6379')).toEqual(['redis://127.0.0.1:6379'])
})

test('one server and several nodes are taken as they are written; classic is the default', () => {
  for (const url of ['redis://a:6379', 'redis://a:6379,b:6380', 'rediss://me:word@a,b']) {
    expect(readConfig(spec, { REDIS_URL: url })).toEqual({ redisUrl: url, redisPubSub: 'classic' })
  }
  expect(readConfig(spec, { REDIS_URL: 'redis://a', REDIS_PUBSUB: 'sharded' }).redisPubSub).toBe('sharded')
})

test.each(['http://a:6379', 'redis://a:6379,', 'redis://a:6379,b:x', 'a:6379,b:6379'])(
  'an address that is none is one problem that says what would be taken, and is not shown: %s',
  (url) => {
    const [problem = '', ...more] = problemsOf({ REDIS_URL: url })
    expect(more).toEqual([])
    expect(problem).toContain('REDIS_URL')
    expect(problem).toContain('for a cluster redis://a:6379,b:6379')
    expect(problem).not.toContain(`"${url}"`)
  },
)

test('another way to travel is one problem with the two that there are', () => {
  const [problem = '', ...more] = problemsOf({ REDIS_URL: 'redis://a', REDIS_PUBSUB: 'shard' })
  expect(more).toEqual([])
  expect(problem).toMatch(/REDIS_PUBSUB.*classic.*sharded/)
})
