import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The unified diff of two texts under one name, by git; empty when they are equal. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return ''
  const folder = mkdtempSync(join(tmpdir(), 'headcount-diff-'))
  try {
    writeFileSync(join(folder, 'before'), before)
    writeFileSync(join(folder, 'after'), after)
    const { stdout, error } = spawnSync('git', ['diff', '--no-index', '--no-color', 'before', 'after'], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (error) throw error
    const hunks = stdout.slice(stdout.indexOf('@@')).trimEnd()
    return `--- ${name}\n+++ ${name}\n${hunks}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
