/** One line of a unified diff; numbers count from 1 in the old and the new text. */
export interface DiffLine {
  sign: '+' | '−' | ' '
  text: string
  before: number | undefined
  after: number | undefined
}

/** A stretch of lines, under the header that the diff gives it. */
export interface DiffHunk {
  header: string
  lines: readonly DiffLine[]
}

/** What a diff says of one text. */
export interface DiffFile {
  name: string
  hunks: readonly DiffHunk[]
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/

/** Reads a unified diff. A new file begins with its `---` and `+++` lines, which are only these outside a hunk. */
export function parseDiff(text: string): DiffFile[] {
  const reader = new DiffReader()
  for (const line of text.split('\n')) reader.take(line)
  return reader.files
}

class DiffReader {
  readonly files: { name: string; hunks: { header: string; lines: DiffLine[] }[] }[] = []
  #before = 0
  #after = 0
  /** Lines of the present hunk that are still to come. */
  #left = { before: 0, after: 0 }

  take(line: string): void {
    if (this.#left.before > 0 || this.#left.after > 0) this.#takeBody(line)
    else if (line.startsWith('--- ')) this.files.push({ name: nameIn(line), hunks: [] })
    else if (line.startsWith('+++ ')) this.#takeNewName(nameIn(line))
    else this.#takeHeader(line)
  }

  #takeHeader(line: string): void {
    const [header, before, after] = HUNK.exec(line) ?? []
    if (header === undefined) return
    this.#before = Number(before)
    this.#after = Number(after)
    this.#left = lengthsOf(header)
    if (this.files.length === 0) this.files.push({ name: '', hunks: [] })
    this.files.at(-1)?.hunks.push({ header: line, lines: [] })
  }

  #takeNewName(name: string): void {
    const file = this.files.at(-1)
    // What is gone keeps its old name.
    if (file && name !== '/dev/null') file.name = name
  }

  #takeBody(line: string): void {
    const lines = this.files.at(-1)?.hunks.at(-1)?.lines
    const text = line.slice(1)
    if (line.startsWith('\\')) return // "\ No newline at end of file"
    if (line.startsWith('-')) {
      this.#left.before--
      lines?.push({ sign: '−', text, before: this.#before++, after: undefined })
    } else if (line.startsWith('+')) {
      this.#left.after--
      lines?.push({ sign: '+', text, before: undefined, after: this.#after++ })
    } else {
      this.#left.before--
      this.#left.after--
      lines?.push({ sign: ' ', text, before: this.#before++, after: this.#after++ })
    }
  }
}

/** How many lines of each text a hunk has; a length that is left out is 1. */
function lengthsOf(header: string): { before: number; after: number } {
  const [, before = '1', after = '1'] = /-\d+(?:,(\d+))? \+\d+(?:,(\d+))?/.exec(header) ?? []
  return { before: Number(before), after: Number(after) }
}

/** The name without what tools put around it: `a/` and `b/`, a time after a tab. */
function nameIn(line: string): string {
  const [name = ''] = line.slice(4).split('\t')
  return name.replace(/^[ab]\//, '')
}
