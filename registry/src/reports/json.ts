import type { CheckSubject } from './check-subject.ts'

/** One JSON document: the report as it is, with the base and the subgraphs that were compared. */
export function formatJson({ base, subgraphs, report }: CheckSubject): string {
  return JSON.stringify({ base, subgraphs, ...report }, null, 2)
}
