import { execFileSync } from 'node:child_process'

/** Git said no: the revision is unknown, this is no repository, or git is not installed. */
export class GitError extends Error {
  override name = 'GitError'
}

/** What `git …args` prints in `root`. Throws a GitError with git's first line. */
export function git(root: string, ...args: string[]): string {
  try {
    return execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (err) {
    throw new GitError(firstLine(err))
  }
}

/** Whether `git …args` succeeds in `root`. */
export function gitSucceeds(root: string, ...args: string[]): boolean {
  try {
    git(root, ...args)
    return true
  } catch {
    return false
  }
}

function firstLine(err: unknown): string {
  const { code, stderr } = err as { code?: string; stderr?: string }
  if (code === 'ENOENT') return 'git is not installed'
  return String(stderr || err)
    .trim()
    .split('\n', 1)[0] as string
}
