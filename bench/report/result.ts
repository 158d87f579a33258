import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { basename, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Plot, svgOf } from './plot.ts'
import { markdownTable } from './table.ts'

/** What a bench found. */
export interface Finding {
  /** Name of the bench, as its folder. */
  readonly bench: string
  /** What sets its file apart from those of the same bench that measured something else. */
  readonly variant?: string | undefined
  /** The words after the command that repeats it. */
  readonly words: readonly string[]
  /** Load of the machine when it began, see {@link loadNow}. */
  readonly loadBefore: string
  /** What was measured against what. */
  readonly text: string
  readonly tables: readonly Table[]
  /** Written beside the result as SVG images, and shown by it. */
  readonly plots?: readonly Plot[]
}

/** A table of a result; its first row is its head. */
export interface Table {
  readonly title: string
  readonly rows: readonly (readonly string[])[]
}

/** Load of the machine over the last minute, as `uptime` shows it. */
export function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(1)
}

/**
 * Shows a finding, and keeps it in a folder unless told otherwise: the text, and each plot as an image of the same name with
 * a number.
 */
export function show(finding: Finding, isKept: boolean, folder = results): void {
  const text = textOf(finding)
  process.stdout.write(text)
  if (!isKept) return
  const { bench, variant, plots = [] } = finding
  const name = [bench, variant, today(), commit()].filter((part) => part !== undefined).join('-')
  const images = plots.map((plot, index) => ({ plot, file: `${name}-${index + 1}.svg` }))
  mkdirSync(folder, { recursive: true })
  for (const { plot, file } of images) writeFileSync(join(folder, file), svgOf(plot))
  const shown = images.map(({ plot, file }) => `\n![${plot.title}](${file})\n`)
  writeFileSync(join(folder, `${name}.md`), text + shown.join(''))
  process.stdout.write(
    `\nWritten to ${join(folder, `${name}.md`)}${images.length > 0 ? ', with plots' : ''}\n`,
  )
}

const results = fileURLToPath(new URL('../results', import.meta.url))

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function textOf({ bench, words, loadBefore, text, tables }: Finding): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
  const parts = [
    `# ${bench}, ${today()}`,
    `Commit ${commit()}${isDirty() ? ' and changes on top of it' : ''}. ${machine}. Load of the machine when it began ${loadBefore}, at the end ${loadNow()}; the bench itself makes part of it.`,
    `Repeat: \`${['node', `bench/${bench}/main.ts`, ...words.map(withoutPlace)].join(' ')}\``,
    text,
    ...tables.flatMap(({ title, rows }) => [`## ${title}`, markdownTable(rows)]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** Where a program lies on this machine is of no use to anybody else. */
function withoutPlace(word: string): string {
  return isAbsolute(word) ? basename(word) : word
}

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' })
}

function commit(): string {
  return git('rev-parse', '--short', 'HEAD').trim()
}

function isDirty(): boolean {
  return git('status', '--porcelain', '--untracked-files=no', '..').trim() !== ''
}
