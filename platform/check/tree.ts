import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file of the work tree that git tracks or would track, by path below `root`. */
export function listFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  // Git lists a tracked file that was deleted and not committed yet.
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
}

/** A file's text. */
export function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The line, from 1, of a position in a text. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
