import { FORBIDDEN, type Problem, problemAt } from '../graph/answer.ts'

/** A figure that may be kept from the viewer. */
export type Figure = { kind: 'known'; value: number } | { kind: 'unknown'; why: string }

/** A nullable field of an answer as a figure, with the reason in plain words when it has no value. */
export function readFigure(
  value: number | null | undefined,
  problems: readonly Problem[],
  path: string,
): Figure {
  if (typeof value === 'number') return { kind: 'known', value }
  const problem = problemAt(problems, path)
  if (problem?.code === FORBIDDEN) return { kind: 'unknown', why: 'Your role may not see this.' }
  return { kind: 'unknown', why: 'Not available at the moment.' }
}

export interface Absence {
  /** Registered people who were never admitted; 0 when more were admitted than registered. */
  count: number
  /** `count` of those registered: 0 to 1; undefined when nobody is registered. */
  share: number | undefined
}

/** Who is registered and has not come, from the live number of the admitted. */
export function absence(registered: number, admitted: number): Absence {
  const count = Math.max(0, registered - admitted)
  return { count, share: registered > 0 ? count / registered : undefined }
}
