import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quietEnvironment } from '../../gateway/candidates/candidate.ts'
import { composeTopicGraph } from '../graph.ts'
import { mostOfProcess } from '../subscribers.ts'
import type { Candidate, Ground } from './candidate.ts'

/** What `bin/headcount` becomes, with its flags, once it has prepared the clone, which is done where a bench runs. */
const headcountFile = fileURLToPath(new URL('../../../platform/src/main.ts', import.meta.url))

/** `headcount gateway` as anybody runs it, with so many workers. */
export function ours(workers: number, profileFolder?: string): Candidate {
  const profile = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
  return {
    name: 'ours',
    title: 'Headcount',
    hasFirstValue: true,
    answersQueries: true,
    program(ground) {
      const { folder, port, sourceUrl, redisUrl } = ground
      const supergraphFile = join(folder, 'supergraph.graphql')
      const configFile = join(folder, 'headcount.json')
      writeFileSync(supergraphFile, composeTopicGraph(sourceUrl))
      writeFileSync(configFile, JSON.stringify(config(ground)))
      return {
        command: process.execPath,
        words: [
          ...profile,
          ...['--min-semi-space-size=16', '--max-semi-space-size=64', headcountFile, 'gateway'],
          ...['--supergraph', supergraphFile, '--config', configFile],
          ...['--port', String(port), '--workers', String(workers)],
        ],
        environment: { ...quietEnvironment, LOG_LEVEL: 'warn', REDIS_URL: redisUrl },
      }
    },
  }
}

/** Whose tokens count, and limits for so many subscribers. */
function config({ sourceUrl, issuer }: Ground) {
  return {
    authentication: {
      jwks: [{ url: `${sourceUrl}/jwks.json`, issuer, audience: [issuer] }],
      claims: { organization: 'org' },
    },
    limits: { liveConnections: mostOfProcess, requestsInProgress: mostOfProcess },
    // Its clients have gone by then.
    server: { drainTimeoutMs: 1000 },
  }
}
