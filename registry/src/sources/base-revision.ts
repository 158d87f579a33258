import { GitError, git, gitSucceeds } from './git.ts'

/** The revision that a check compares with when none is given, and why that one. */
export interface BaseRevision {
  /** A commit's id, or undefined when the repository has no commit yet: then everything is new. */
  commit: string | undefined
  /** For people: `origin/main`, `HEAD~1`. */
  label: string
}

const trunks = ['origin/main', 'main']

/**
 * Where the work left the trunk: the merge base with origin/main, or with main when there is no remote. On the
 * trunk itself, with no remote to compare with, the commit before; and in a first commit, that commit.
 */
export function defaultBase(root: string): BaseRevision {
  if (!exists(root, 'HEAD')) return { commit: undefined, label: 'an empty repository' }
  const head = commitOf(root, 'HEAD')
  for (const trunk of trunks.filter((name) => exists(root, name))) {
    const commit = git(root, 'merge-base', 'HEAD', trunk).trim()
    if (trunk.startsWith('origin/') || commit !== head) return { commit, label: trunk }
  }
  return exists(root, 'HEAD~1')
    ? { commit: commitOf(root, 'HEAD~1'), label: 'HEAD~1' }
    : { commit: head, label: 'HEAD' }
}

/** The commit that a person named. Throws a GitError when there is no such revision. */
export function namedBase(root: string, revision: string): BaseRevision {
  if (!exists(root, revision)) {
    throw new GitError(`there is no revision '${revision}' here; fetch it, or name a branch, tag or commit`)
  }
  return { commit: commitOf(root, revision), label: revision }
}

function exists(root: string, revision: string): boolean {
  return gitSucceeds(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)
}

function commitOf(root: string, revision: string): string {
  return git(root, 'rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`).trim()
}
