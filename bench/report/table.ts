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

/** `12,345` or `0.53`: three digits that say something; `–` where there is no number. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value >= 100) return Math.round(value).toLocaleString('en-GB')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** `3.10×`. */
export function times(value: number): string {
  return `${value.toFixed(2)}×`
}

/** `97 %`. */
export function percent(part: number): string {
  return `${Math.round(part * 100)} %`
}
