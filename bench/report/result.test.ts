import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Finding, show } from './result.ts'

let folder: string
let shown: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headcount-result-'))
  shown = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    shown += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const finding: Finding = {
  bench: 'soak',
  variant: 'swap',
  words: ['--hive-router', '/somewhere/private/hive_router'],
  loadBefore: '0.1',
  text: 'All was well.',
  tables: [
    {
      title: 'Speed',
      rows: [
        ['', 'requests/s'],
        ['ours', '1,234'],
      ],
    },
  ],
  plots: [
    {
      title: 'Memory',
      x: { label: 'minutes' },
      y: { label: 'MB' },
      series: [
        {
          name: 'ours',
          points: [
            [0, 1],
            [1, 2],
          ],
        },
      ],
    },
  ],
}

test('a result is kept with its plots beside it, which it shows', () => {
  show(finding, true, folder)
  const [image = '', text = ''] = readdirSync(folder).toSorted()
  expect(text).toMatch(/^soak-swap-\d{4}-\d\d-\d\d-[0-9a-f]+\.md$/)
  expect(image).toBe(text.replace('.md', '-1.svg'))
  expect(readFileSync(join(folder, text), 'utf8')).toContain(`![Memory](${image})`)
  expect(readFileSync(join(folder, image), 'utf8')).toContain('</svg>')
  expect(shown).toContain('| ours |      1,234 |')
})

test('nothing is written where that is not wanted', () => {
  show(finding, false, folder)
  expect(readdirSync(folder)).toEqual([])
  expect(shown).toContain('All was well.')
  expect(shown).not.toContain('.svg')
})

test('the command that repeats it names no place of this machine', () => {
  show(finding, false, folder)
  expect(shown).toContain('Repeat: `node bench/soak/main.ts --hive-router hive_router`')
})
