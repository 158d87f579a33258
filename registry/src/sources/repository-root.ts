import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { GitError, git } from './git.ts'

/** Where a graph's files may be. */
export interface Whereabouts {
  /** The folder that the command was called in. */
  readonly folder: string
  /** The program's own repository. */
  readonly home: string
}

/**
 * The root of the repository that a command is about: the top level of the git repository around the folder, or the
 * program's own outside of any. Throws a GitError where that has no subgraphs.
 */
export function findRoot({ folder, home }: Whereabouts): string {
  // Whatever git refuses (a folder of another owner, no git at all) must not make this about another repository.
  if (!isWithinRepository(folder)) return home
  const top = git(folder, 'rev-parse', '--show-toplevel').replace(/\n$/, '')
  if (existsSync(join(top, 'schema/registry.yaml')) || existsSync(join(top, 'subgraphs'))) return top
  throw new GitError(
    `${top} has no schema/registry.yaml and no folder subgraphs/; name another with --root DIR`,
  )
}

function isWithinRepository(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true
    if (at === dirname(at)) return false
  }
}
