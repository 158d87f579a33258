import type { CheckSubject } from './check-subject.ts'
import { formatHuman } from './human.ts'
import { formatJson } from './json.ts'

/** A way to write a report. */
export type Formatter = (subject: CheckSubject) => string

/** The formats of `schema check --format`. */
export const formats: Readonly<Record<string, Formatter>> = Object.freeze({
  human: formatHuman,
  json: formatJson,
})
