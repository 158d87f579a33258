import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { unifiedDiff } from './unified-diff.ts'

const folder = mkdtempSync(join(tmpdir(), 'headcount-unified-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What the texts become when git applies the diff. */
function applied(before: string, after: string): string {
  writeFileSync(join(folder, 'a'), before)
  writeFileSync(join(folder, 'patch'), unifiedDiff('a', before, after))
  execFileSync('git', ['apply', '--unidiff-zero', '-p0', '--unsafe-paths', 'patch'], {
    cwd: folder,
    stdio: 'pipe',
  })
  return readFileSync(join(folder, 'a'), 'utf8')
}

const hasGit = spawnSync('git', ['--version']).status === 0

describe('unifiedDiff', () => {
  it('shows changed lines with three around them', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n'
    expect(unifiedDiff('x', before, before.replace('d', 'D'))).toBe(
      '--- x\n+++ x\n@@ -1,7 +1,7 @@\n a\n b\n c\n-d\n+D\n e\n f\n g\n',
    )
    expect(unifiedDiff('x', before, before)).toBe('')
  })

  it('names the line before where one side has none', () => {
    expect(unifiedDiff('x', '', 'a\n')).toBe('--- x\n+++ x\n@@ -0,0 +1 @@\n+a\n')
    expect(unifiedDiff('x', 'a\n', '')).toBe('--- x\n+++ x\n@@ -1 +0,0 @@\n-a\n')
  })

  it('finds lines that moved past others, and repeated ones', () => {
    expect(unifiedDiff('x', 'a\n}\nb\n}\n', 'b\n}\n')).toBe('--- x\n+++ x\n@@ -1,4 +1,2 @@\n-a\n-}\n b\n }\n')
  })

  it.runIf(hasGit)('gives what git applies to get the other text, of sixty random pairs', () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    for (let round = 0; round < 60; round += 1) {
      const lines = Array.from({ length: 1 + random(40) }, () => `line ${random(12)}`)
      const changed = lines.flatMap(
        (line) => [[line], [], [line, `new ${random(9)}`], ['other']][random(8)] ?? [line],
      )
      const [before, after] = [lines, changed].map((one) => one.map((line) => `${line}\n`).join('')) as [
        string,
        string,
      ]
      if (before !== after && after !== '') expect(applied(before, after)).toBe(after)
    }
  })

  it('takes little time for large texts that have nothing in common', () => {
    const text = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i % 500}\n`).join('')
    const start = performance.now()
    unifiedDiff('x', text('one'), text('two'))
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
