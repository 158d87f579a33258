import type { CheckReport } from '@headcount/registry-api'
import { counted } from './usage-words.ts'

/** What a check comes to, in one line. */
export function verdictLine({ outcome, errors, changes, lint }: CheckReport): string {
  if (outcome === 'not-composed') return `NOT COMPOSED: ${counted(errors.length, 'error')}`
  if (outcome === 'breaking') {
    const failing = changes.filter(({ verdict }) => verdict === 'used' || verdict === 'unknown')
    return `BREAKING: ${counted(failing.length, 'change')} that an app could notice`
  }
  if (outcome === 'lint') {
    return `STYLE: ${counted(lint.filter(({ level }) => level === 'error').length, 'error')}`
  }
  const breaking = changes.filter(({ level }) => level === 'breaking').length
  if (breaking > 0)
    return `SAFE: ${counted(changes.length, 'change')}, ${breaking} breaking that hit nobody or may be`
  return changes.length === 0
    ? 'SAFE: no change'
    : `SAFE: ${counted(changes.length, 'change')}, none breaking`
}
