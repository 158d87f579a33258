import type { CheckSubject } from './check-subject.ts'
import { formatGithub } from './github.ts'
import { formatHuman } from './human.ts'
import { formatJson } from './json.ts'
import { formatJunit } from './junit.ts'
import { formatSarif } from './sarif.ts'

/** A way to write a report. */
export type Formatter = (subject: CheckSubject) => string

/** The formats of `schema check --format`. */
export const formats: Readonly<Record<string, Formatter>> = Object.freeze({
  human: formatHuman,
  json: formatJson,
  junit: formatJunit,
  github: formatGithub,
  sarif: formatSarif,
})
