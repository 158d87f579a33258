import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Candidate, type Ground, graphqlPath, quietEnvironment } from './candidate.ts'

/** What `bin/headcount` becomes, with its flag, once it has prepared the clone, which is done where a bench runs. */
const headcountFile = fileURLToPath(new URL('../../../platform/src/main.ts', import.meta.url))

/** `headcount gateway` as anybody runs it, with one worker. */
export function ours(profileFolder: string | undefined): Candidate {
  const help = execFileSync(process.execPath, [headcountFile, 'gateway', '--help'], { encoding: 'utf8' })
  const profile = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
  return {
    title: 'Headcount',
    // A commit before this option de-duplicates nothing.
    canDeduplicate: help.includes('--config'),
    pathOf: graphqlPath,
    program: (ground) => ({
      command: process.execPath,
      words: [
        ...profile,
        '--min-semi-space-size=16',
        '--max-semi-space-size=64',
        headcountFile,
        ...gatewayWords(ground, help),
      ],
      environment: { ...quietEnvironment, LOG_LEVEL: 'warn' },
    }),
  }
}

/** The words of `headcount gateway`; a commit without --workers has one worker anyway. */
function gatewayWords({ supergraphFile, folder, port, isDeduplicating }: Ground, help: string): string[] {
  const file = join(folder, 'headcount.yaml')
  writeFileSync(file, `deduplication:\n  upstream: ${isDeduplicating}\n  inbound: ${isDeduplicating}\n`)
  const words = ['gateway', '--supergraph', supergraphFile, '--port', String(port)]
  if (help.includes('--workers')) words.push('--workers', '1')
  if (help.includes('--config')) words.push('--config', file)
  return words
}
