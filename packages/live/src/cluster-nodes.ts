import { Cluster, Command, type Redis } from 'ioredis'
import type { Logger } from 'pino'
import { withDeadline } from './deadline.ts'
import { channelsAt, connectionOptions, openRedis, reportOnce, retryDelayMs } from './redis-connection.ts'
import type { RedisNodes } from './redis-nodes.ts'
import { type PubSub, redisAddresses } from './settings.ts'

const REFRESH_EVERY_MS = 5000
const DOUBT_MS = 100
const MAXIMUM_REDIRECTIONS = 5
// Of the second that the whole list may take.
const LIST_MS = 500

/**
 * The nodes of a Redis or Valkey Cluster. ioredis' Cluster publishes and knows who has which slot. It does not listen: its
 * own subscribers come back without a word, forget channels whose SSUBSCRIBE failed, and never settle one that was MOVED.
 *
 * A channel without braces is hashed whole, so an event's channels lie on several nodes. That is what is wanted: nothing is
 * done to several channels at once, and the load is spread.
 */
export function clusterNodes(url: string, { pubsub, log }: { pubsub: PubSub; log: Logger }): RedisNodes {
  const cluster = openCluster(url, log)
  const isSharded = pubsub === 'sharded'
  const masterOf = (channel: string) => cluster.slots[slotOf(channel)]?.[0]
  const anyNode = createChooser(() => [...new Set(cluster.slots.flat())])
  let isDoubted = true
  let doubt: NodeJS.Timeout | undefined
  return {
    nodeOf: isSharded ? masterOf : anyNode.chosen,
    open: (node) => openRedis(addressOf(node, url), { role: 'subscriber', log }),
    doubt(node) {
      anyNode.avoid(node)
      isDoubted = true
      // A node that stays away is doubted with each attempt to reach it.
      doubt ??= setTimeout(() => {
        doubt = undefined
        // What becomes of it is told by 'refresh'; where no node answers, the next doubt asks again.
        cluster.refreshSlotsCache(() => undefined)
      }, DOUBT_MS)
    },
    onMove(listener) {
      let before = ''
      cluster.on('refresh', () => {
        const masters = cluster.slots.map(([master]) => master).join()
        // With ten thousands of channels, looking where each belongs takes a while.
        if (masters === before && !isDoubted) return
        before = masters
        isDoubted = false
        listener()
      })
    },
    publish: (channel, text) =>
      isSharded
        ? cluster.spublish(channel, text)
        : publishToAll(cluster, { channel, text, first: masterOf(channel) }),
    activeChannels: (pattern) => listChannels(cluster, { pubsub, pattern }),
    ready: () => cluster.ping(),
    close() {
      clearTimeout(doubt)
      cluster.disconnect()
    },
  }
}

function openCluster(url: string, log: Logger): Cluster {
  const addresses = redisAddresses(url).map((address) => new URL(address))
  const [first = new URL(url)] = addresses
  const cluster = new Cluster(addresses.map(hostAndPort), {
    enableOfflineQueue: false,
    slotsRefreshInterval: REFRESH_EVERY_MS,
    clusterRetryStrategy: retryDelayMs,
    maxRedirections: MAXIMUM_REDIRECTIONS,
    redisOptions: {
      ...connectionOptions,
      ...(first.username && { username: decodeURIComponent(first.username) }),
      ...(first.password && { password: decodeURIComponent(first.password) }),
      ...(first.protocol === 'rediss:' && { tls: {} }),
      connectionName: 'headcount-live-publisher',
    },
  })
  reportOnce(cluster, { role: 'publisher', log })
  return cluster
}

function hostAndPort({ hostname, port }: URL): { host: string; port: number } {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 6379 }
}

/** A node's own address, with the scheme and the login of the first one. */
function addressOf(node: string, url: string): string {
  const address = new URL(redisAddresses(url)[0] ?? url)
  const colon = node.lastIndexOf(':')
  const host = node.slice(0, colon)
  address.host = `${host.includes(':') ? `[${host}]` : host}:${node.slice(colon + 1)}`
  return address.href
}

/** https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model */
function slotOf(channel: string): number {
  return new Command('spublish', [channel]).getSlot() ?? 0
}

/** One node for everything, kept until it is to be avoided: whichever node hears a PUBLISH, all of them do. */
function createChooser(list: () => string[]) {
  let chosen: string | undefined
  let avoided: string | undefined
  return {
    chosen(): string | undefined {
      const nodes = list()
      if (chosen !== undefined && chosen !== avoided && nodes.includes(chosen)) return chosen
      const others = nodes.filter((node) => node !== avoided)
      const from = others.length > 0 ? others : nodes
      chosen = from[Math.floor(Math.random() * from.length)]
      avoided = undefined
      return chosen
    },
    avoid(node: string) {
      if (node === chosen) avoided = node
    },
  }
}

/**
 * PUBLISH by the node that has the channel's slot, or by any other while that one is away. Any would do; but messages that
 * take different ways, as ioredis lets them, overtake one another.
 */
async function publishToAll(
  cluster: Cluster,
  { channel, text, first }: { channel: string; text: string; first: string | undefined },
): Promise<unknown> {
  const isFirst = ({ options }: Redis) => `${options.host}:${options.port}` === first
  const nodes = cluster.nodes('master').toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
  for (const node of nodes) {
    try {
      return await node.publish(channel, text)
    } catch {
      // The next one.
    }
  }
  throw new Error('No node of the cluster can be reached.')
}

/** Each node knows its own listeners alone. One that does not answer has none that a message could reach now. */
async function listChannels(
  cluster: Cluster,
  { pubsub, pattern }: { pubsub: PubSub; pattern: string },
): Promise<string[]> {
  const nodes = cluster.nodes(pubsub === 'sharded' ? 'master' : 'all')
  const answers = await Promise.allSettled(
    nodes.map((node) => withDeadline(channelsAt(node, pubsub, pattern), LIST_MS, 'PUBSUB')),
  )
  const lists = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  if (lists.length === 0) throw new Error('No node of the cluster says who listens.')
  return [...new Set(lists.flat())]
}
