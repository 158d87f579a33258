import { type ConfigField, choice, url } from '@headcount/config'

/** How messages travel through Redis: to every node of a cluster (PUBLISH), or to the one that has the channel (SPUBLISH). */
export type PubSub = 'classic' | 'sharded'

/** What an address of Redis looks like. */
export const redisUrlShape = 'an address redis://… or rediss://…, for a cluster redis://a:6379,b:6379'

/** `REDIS_URL`: one server, or several nodes of one cluster. */
export function redisUrl(doc: string): ConfigField<string> {
  return {
    ...url('REDIS_URL', { schemes: ['redis', 'rediss'], doc }),
    shape: redisUrlShape,
    read(raw) {
      if (!isRedisUrl(raw)) throw new Error('not such an address')
      return raw
    },
  }
}

/** Whether each node that a text names has a host and one of the two schemes. */
export function isRedisUrl(text: string): boolean {
  return redisAddresses(text).every((one) => {
    const { protocol, hostname } = URL.canParse(one) ? new URL(one) : { protocol: '', hostname: '' }
    return ['redis:', 'rediss:'].includes(protocol) && hostname !== ''
  })
}

/** `REDIS_PUBSUB`; publishers and listeners must have the same. */
export const redisPubSub = choice('REDIS_PUBSUB', {
  values: ['classic', 'sharded'],
  fallback: 'classic',
  doc: 'How live messages travel through Redis; the same in all processes. classic: PUBLISH, which a cluster sends to each of its nodes. sharded: SPUBLISH, to the one node that has the channel’s slot; needs Redis 7 or Valkey.',
})

/** One address a node: `redis://me:word@a:1,b:2/0` is `redis://me:word@a:1/0` and `redis://me:word@b:2/0`. */
export function redisAddresses(text: string): string[] {
  const parts = /^(\w+:\/\/)([^/?#]*@)?([^/?#]*)(.*)$/s.exec(text)
  if (!parts) return [text]
  const [, scheme = '', login = '', hosts = '', rest = ''] = parts
  return hosts.split(',').map((host) => `${scheme}${login}${host}${rest}`)
}
