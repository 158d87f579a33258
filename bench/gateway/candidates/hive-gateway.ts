import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Candidate, type Ground, graphqlPath, quietEnvironment } from './candidate.ts'
import { versionOf } from './peers.ts'

/** Hive Gateway with its Rust planner (router-runtime), started by its own command. */
export function hiveGateway(peersFolder: string): Candidate {
  const gateway = versionOf(peersFolder, '@graphql-hive/gateway')
  const runtime = versionOf(peersFolder, '@graphql-hive/router-runtime')
  const command = join(peersFolder, 'node_modules/@graphql-hive/gateway/dist/bin.js')
  return {
    title: `Hive Gateway ${gateway} + router-runtime ${runtime}`,
    canDeduplicate: true,
    pathOf: graphqlPath,
    program(ground) {
      const file = writeConfig(peersFolder, ground)
      const { supergraphFile, port } = ground
      const at = ['--host', '127.0.0.1', '--port', String(port), '--fork', '1']
      return {
        command: process.execPath,
        words: [command, 'supergraph', supergraphFile, '--config-path', file, ...at],
        environment: { ...quietEnvironment, LOG_LEVEL: 'warn' },
        folder: peersFolder,
      }
    },
  }
}

/** The file must lie beside the packages, since it imports one of them. */
function writeConfig(peersFolder: string, { folder, isDeduplicating, documents }: Ground): string {
  const configs = join(peersFolder, 'configs')
  mkdirSync(configs, { recursive: true })
  const file = join(configs, `${basename(folder)}.mjs`)
  writeFileSync(
    file,
    `import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
const documents = ${JSON.stringify(documents)}
export const gatewayConfig = {
  unifiedGraphHandler,
  inboundInflightRequestDeduplication: ${isDeduplicating},
  transportEntries: { '*': { options: { deduplicateInflightRequests: ${isDeduplicating} } } },
  persistedDocuments: { getPersistedOperation: (hash) => documents[hash] ?? null, allowArbitraryDocuments: true },
}
`,
  )
  return file
}
