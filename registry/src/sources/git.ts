import { execFileSync } from 'node:child_process'

/** Git said no: the revision is unknown, this is no repository, or git is not installed. */
export class GitError extends Error {
  override name = 'GitError'
}

/** What `git …args` prints in `root`. Throws a GitError with git's first line. */
export function git(root: string, ...args: string[]): string {
  return run(root, args).toString('utf8')
}

/** The texts of files of a commit, by path below `root`; undefined = it has no such file. One process for all of them. */
export function gitFiles(root: string, commit: string, files: readonly string[]): (string | undefined)[] {
  const asked = files.filter((file) => !file.includes('\n')).map((file) => `${commit}:./${file}\n`)
  const output = run(root, ['cat-file', '--batch'], asked.join(''))
  const texts: (string | undefined)[] = []
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at)
    const size = / blob (\d+)$/.exec(output.toString('utf8', at, end))?.[1]
    const begin = end + 1
    texts.push(size === undefined ? undefined : output.toString('utf8', begin, begin + Number(size)))
    at = size === undefined ? begin : begin + Number(size) + 1
  }
  return texts
}

function run(root: string, args: readonly string[], input?: string): Buffer {
  try {
    return execFileSync('git', ['-C', root, ...args], {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
      ...(input !== undefined && { input }),
    })
  } catch (err) {
    throw new GitError(firstLine(err))
  }
}

/** Where `root` is in its repository: `services/graph/`; empty at its top, and outside of any. */
export function gitPrefix(root: string): string {
  return gitSucceeds(root, 'rev-parse', '--show-prefix') ? git(root, 'rev-parse', '--show-prefix').trim() : ''
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
  const { code, stderr } = err as { code?: string; stderr?: Buffer }
  if (code === 'ENOENT') return 'git is not installed'
  return String(stderr || err)
    .trim()
    .split('\n', 1)[0] as string
}
