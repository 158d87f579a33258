/** A table of Markdown that is readable in a terminal too; the first row is its head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  // The first column holds names, the others numbers.
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n')
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width)
}

/** `12,345`, `0.53` or `0.0031`: two or three digits that say something; `–` where there is no number. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 100) return Math.round(value).toLocaleString('en-GB')
  if (size >= 10) return value.toFixed(1)
  // Less than a millionth of anything is nothing here.
  const decimals = size > 1e-6 && size < 0.1 ? 1 - Math.floor(Math.log10(size)) : 2
  return value.toFixed(decimals)
}

/** `3.10×`. */
export function times(value: number): string {
  return `${value.toFixed(2)}×`
}

/** `97 %`. */
export function percent(part: number): string {
  return `${Math.round(part * 100)} %`
}

/** `1 run`, `3 runs`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`
}
