import type { Option } from './option.ts'

/** What the help says besides the options. */
export interface HelpText {
  /** What the bench measures, and how to read it. */
  readonly about: string
  /** What it takes with the defaults, and what it needs. */
  readonly takes: string
  /** Words to try, with what they are good for. */
  readonly examples: readonly (readonly [words: string, what: string])[]
}

const WIDTH = 100

/** The text of `--help`: what is measured, each option with its default and limits, and what to try. */
export function helpOf(bench: string, text: HelpText, options: readonly Option<unknown>[]): string {
  const command = `node bench/${bench}/main.ts`
  const named = options.map(({ word, argument, says, range }): [string, string] => [
    argument === undefined ? `--${word}` : `--${word} ${argument}`,
    range === '' ? says : `${says} (${range})`,
  ])
  const examples = text.examples.map(([words, what]): [string, string] => [
    `${command} ${words}`.trim(),
    what,
  ])
  const parts = [
    `Usage: ${command} [options]`,
    wrapped(text.about, 0),
    columns(named),
    wrapped(text.takes, 0),
    `Try:\n${examples.map(([words, what]) => `  ${words}\n      ${wrapped(what, 6)}`).join('\n')}`,
  ]
  return `${parts.join('\n\n')}\n`
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 3
  return rows.map(([name, says]) => `  ${name.padEnd(width)}${wrapped(says, width + 2)}`).join('\n')
}

/** Lines of at most 100 characters, all but the first behind so many spaces. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`)
}
