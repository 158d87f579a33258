import { fileURLToPath } from 'node:url'
import { type Candidate, graphqlPath, quietEnvironment } from './candidate.ts'
import { versionOf } from './peers.ts'

const file = fileURLToPath(new URL('./apollo-server.ts', import.meta.url))

/** Apollo Server with @apollo/gateway, all as it comes. */
export function apollo(peersFolder: string): Candidate {
  const server = versionOf(peersFolder, '@apollo/server')
  const gateway = versionOf(peersFolder, '@apollo/gateway')
  return {
    title: `Apollo Server ${server} + gateway ${gateway}`,
    canDeduplicate: false,
    pathOf: graphqlPath,
    program: ({ supergraphFile, port }) => ({
      command: process.execPath,
      words: [file, peersFolder, supergraphFile, String(port)],
      environment: quietEnvironment,
    }),
  }
}
