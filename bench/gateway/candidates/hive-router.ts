import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Candidate, type Ground, graphqlPath } from './candidate.ts'

/** Hive Router, the Rust gateway: a program of its own that the bench is told the place of. */
export function hiveRouter(path: string): Candidate {
  return {
    title: 'Hive Router (Rust)',
    canDeduplicate: true,
    pathOf: graphqlPath,
    program(ground) {
      const { folder } = ground
      const file = join(folder, 'router.config.json')
      const documentsFile = join(folder, 'documents.json')
      writeFileSync(documentsFile, JSON.stringify(ground.documents))
      writeFileSync(file, JSON.stringify(config(ground, documentsFile)))
      return { command: resolve(path), words: [], environment: { ROUTER_CONFIG_FILE_PATH: file }, folder }
    },
  }
}

function config({ supergraphFile, port, isDeduplicating }: Ground, documentsFile: string) {
  return {
    supergraph: { source: 'file', path: supergraphFile },
    log: { level: 'warn' },
    http: { host: '127.0.0.1', port, workers: 1 },
    traffic_shaping: {
      all: { dedupe_enabled: isDeduplicating },
      router: { dedupe: { enabled: isDeduplicating } },
    },
    persisted_documents: { enabled: true, storage: { type: 'file', path: documentsFile, watch: false } },
  }
}
