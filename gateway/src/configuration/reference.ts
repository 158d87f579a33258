import { configurationKeys } from './configuration.ts'
import type { Field, Fields } from './field.ts'

/** One key of the file as the documents show it. */
export interface KeyRow {
  /** From the top of the file: `subgraphs.<name>.timeoutMs`, `headers[].set.name`. */
  readonly path: string
  readonly takes: string
  /** What holds when it is absent; `required`, or '' for nothing. */
  readonly fallback: string
  readonly doc: string
}

/** A key at the top of the file, with all that is below it. */
export interface KeySection {
  readonly name: string
  readonly doc: string
  readonly rows: readonly KeyRow[]
}

function rowsBelow(path: string, fields: Fields, mark: string): KeyRow[] {
  return Object.entries(fields).flatMap(([name, field]) => rowsOf(`${path}${mark}${name}`, field))
}

function rowsOf(path: string, field: Field<unknown>): KeyRow[] {
  const isGroup = field.below?.mark === '.' && field.shape.startsWith('keys ')
  const row = {
    path,
    takes: isGroup ? 'keys' : field.shape,
    fallback: field.isRequired ? 'required' : field.fallback,
    doc: field.doc,
  }
  return [row, ...(field.below ? rowsBelow(path, field.below.fields, field.below.mark) : [])]
}

/** Every key of the file, in its order. */
export function configurationReference(): KeySection[] {
  return Object.entries(configurationKeys).map(([name, field]: [string, Field<unknown>]) => {
    const rows = rowsOf(name, field)
    return { name, doc: field.doc, rows: field.below?.mark === '.' ? rows.slice(1) : rows }
  })
}

/** The reference as text for a terminal. */
export function printReference(): string {
  const sections = configurationReference().map(({ name, doc, rows }) => {
    const lines = rows.map(({ path, takes, fallback, doc: text }) => {
      const otherwise =
        fallback === '' ? '' : fallback === 'required' ? '; required' : `; default ${fallback}`
      return `  ${path}\n      ${takes}${otherwise}\n      ${text}`
    })
    return `${name}: ${doc}\n\n${lines.join('\n')}`
  })
  return sections.join('\n\n')
}
