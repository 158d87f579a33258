import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { composePlainGraph } from '../graph.ts'
import { mostOfProcess } from '../subscribers.ts'
import type { Candidate, Ground } from './candidate.ts'
import { ordinaryProgram } from './ordinary.ts'

/**
 * Hive Router, the Rust gateway, at its best: equal subscriptions are one, whatever their headers (its default compares all
 * of them, and so shares nothing between different tokens), and tokens are not looked at. It subscribes to Yoga by an event
 * stream, since it hears no Redis.
 */
export function hiveRouter(path: string): Candidate {
  return {
    name: 'hive-router',
    title: 'Hive Router (Rust), sharing',
    hasFirstValue: false,
    answersQueries: true,
    behind: ({ port, redisUrl }) => ordinaryProgram(port, redisUrl),
    program(ground, behindUrl) {
      const { folder } = ground
      const supergraphFile = join(folder, 'supergraph.graphql')
      const file = join(folder, 'router.config.json')
      writeFileSync(supergraphFile, composePlainGraph(behindUrl))
      writeFileSync(file, JSON.stringify(config(ground, supergraphFile)))
      return { command: resolve(path), words: [], environment: { ROUTER_CONFIG_FILE_PATH: file }, folder }
    },
  }
}

function config({ port }: Ground, supergraphFile: string) {
  return {
    supergraph: { source: 'file', path: supergraphFile },
    log: { level: 'warn' },
    http: { host: '127.0.0.1', port, workers: 1 },
    subscriptions: { enabled: true },
    websocket: { enabled: true },
    traffic_shaping: {
      router: { dedupe: { enabled: true, headers: 'none' }, max_long_lived_clients: mostOfProcess },
    },
  }
}
