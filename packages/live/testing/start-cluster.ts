import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startValkey } from '@headcount/servers'
import { freePort } from '@headcount/servers/testing'
import { Redis } from 'ioredis'

const MASTERS = 3
const SLOTS = 16_384
const NODE_TIMEOUT_MS = 1000
const READY_MS = 30_000

type Server = Awaited<ReturnType<typeof startValkey>>

/** A cluster of three masters; the first has a replica. */
export interface TestCluster {
  /** Its first two nodes: the others are found through them. */
  readonly url: string
  /** Where messages of a channel go in sharded pub/sub: index of the master. */
  masterOf(channel: string): Promise<number>
  /** The node that a channel's classic listener is connected to. */
  listenedAt(channel: string): Promise<number>
  /** kill −9 of a node; the replica is the last. */
  kill(index: number): void
  /** Starts a killed one again at its old address. */
  restart(index: number): Promise<void>
  /** Gives the slot of a channel to another master. */
  move(channel: string, to: number): Promise<void>
  /** Resolves when every node says that all slots are served. */
  untilOk(): Promise<void>
  stop(): Promise<void>
}

/** Starts a Valkey Cluster on the loopback. */
export async function startCluster(directory: string): Promise<TestCluster> {
  // Those of the cluster's own bus are else 10,000 higher, which may be above all ports.
  const busPorts: number[] = []
  for (let index = 0; index <= MASTERS; index++) busPorts.push(await freePort())
  const launch = (index: number, port?: number) =>
    startValkey({
      directory: join(directory, `node-${index}`),
      ...(port !== undefined && { port }),
      args: [
        ...['--cluster-enabled', 'yes', '--cluster-node-timeout', String(NODE_TIMEOUT_MS)],
        ...['--cluster-port', String(busPorts[index]), '--cluster-replica-validity-factor', '0'],
      ],
    })
  const servers = await Promise.all(Array.from({ length: MASTERS + 1 }, (_, index) => launch(index)))
  await bringTogether(servers, busPorts)
  return clusterOf(servers, launch)
}

/** Runs one command at a server. */
async function ask<T>({ port }: Server, ...[command, ...words]: string[]): Promise<T> {
  const redis = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    return (await redis.call(command ?? '', words)) as T
  } finally {
    redis.disconnect()
  }
}

async function bringTogether(servers: readonly Server[], busPorts: readonly number[]): Promise<void> {
  const [first, ...others] = servers
  if (!first) return
  for (const [index, server] of servers.slice(0, MASTERS).entries()) {
    const [from, to] = [index, index + 1].map((part) => Math.ceil((part * SLOTS) / MASTERS))
    await ask(server, 'CLUSTER', 'ADDSLOTSRANGE', String(from), String((to ?? 0) - 1))
    await ask(server, 'CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1))
  }
  for (const [index, server] of others.entries()) {
    await ask(server, 'CLUSTER', 'MEET', '127.0.0.1', String(first.port), String(busPorts[0]))
    if (index === others.length - 1) await replicate(server, await ask<string>(first, 'CLUSTER', 'MYID'))
  }
  await untilOk(servers)
}

async function replicate(replica: Server, master: string): Promise<void> {
  // It must have heard of its master first.
  await until(async () => (await ask<string>(replica, 'CLUSTER', 'NODES')).includes(master))
  await ask(replica, 'CLUSTER', 'REPLICATE', master)
  await until(async () =>
    (await ask<string>(replica, 'INFO', 'replication')).includes('master_link_status:up'),
  )
}

async function untilOk(servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    await until(async () => {
      const info = await ask<string>(server, 'CLUSTER', 'INFO')
      return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${servers.length}`)
    })
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + READY_MS
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > end) throw new Error('The cluster did not come together.')
    await sleep(20)
  }
}

function clusterOf(servers: Server[], launch: (index: number, port: number) => Promise<Server>): TestCluster {
  const at = (index: number) => {
    const server = servers[index]
    if (!server) throw new Error(`There is no node ${index}.`)
    return server
  }
  const slotOf = (channel: string) => ask<number>(at(MASTERS - 1), 'CLUSTER', 'KEYSLOT', channel)
  return {
    url: `redis://127.0.0.1:${at(0).port},127.0.0.1:${at(1).port}`,
    masterOf: async (channel) => Math.floor(((await slotOf(channel)) * MASTERS) / SLOTS),
    async listenedAt(channel) {
      const found = await Promise.all(
        servers.map((server) => ask<string[]>(server, 'PUBSUB', 'CHANNELS', channel).catch(() => [])),
      )
      return found.findIndex((channels) => channels.length > 0)
    },
    kill: (index) => void process.kill(-at(index).pid, 'SIGKILL'),
    async restart(index) {
      await at(index).stop()
      servers[index] = await launch(index, at(index).port)
    },
    async move(channel, to) {
      const slot = String(await slotOf(channel))
      const id = await ask<string>(at(to), 'CLUSTER', 'MYID')
      // The new one first: from then on nobody doubts whose it is.
      for (const index of [to, ...[0, 1, 2].filter((other) => other !== to)]) {
        await ask(at(index), 'CLUSTER', 'SETSLOT', slot, 'NODE', id)
      }
    },
    untilOk: () => untilOk(servers),
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  }
}
