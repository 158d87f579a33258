import type { ChangeLevel, CheckReport, SchemaChange, VersionSummary } from '@headcount/registry-api'
import { formatCount } from '../../words/numbers.ts'
import type { StateWords } from '../../words/states.ts'

export const LEVELS: Readonly<Record<ChangeLevel, StateWords>> = {
  breaking: { text: 'Breaking', tone: 'alarm' },
  dangerous: { text: 'Dangerous', tone: 'warning' },
  safe: { text: 'Safe', tone: 'good' },
}

export const OUTCOMES: Readonly<Record<CheckReport['outcome'], StateWords>> = {
  safe: { text: 'May go out', tone: 'good' },
  breaking: { text: 'Would break apps', tone: 'alarm' },
  lint: { text: 'Breaks a rule of style', tone: 'warning' },
  'not-composed': { text: 'Does not compose', tone: 'alarm' },
}

/** What became of a version, or how it came to be. */
export function versionState({ isLive, composes, liveSince }: VersionSummary): StateWords {
  if (isLive) return { text: 'Live', tone: 'good' }
  if (!composes) return { text: 'Does not compose', tone: 'alarm' }
  return liveSince === null ? { text: 'Never live', tone: 'quiet' } : { text: 'Was live', tone: 'quiet' }
}

/** `Changed events, gates`. */
export function versionWords({ kind, changed, rollsBackTo }: VersionSummary): string {
  const names = changed.join(', ')
  if (kind === 'rollback') return `Back to version ${rollsBackTo}${names ? `: ${names}` : ''}`
  return kind === 'remove' ? `Took out ${names}` : `Published ${names}`
}

/** What a breaking change comes to; undefined for changes that need no verdict. */
export function verdictWords({ verdict, usage, acknowledged }: SchemaChange): StateWords | undefined {
  switch (verdict) {
    case 'used':
      return { text: `In use: breaks ${countOf(usage?.operationCount ?? 0, 'operation')}`, tone: 'alarm' }
    case 'unknown':
      return { text: 'Nobody knows who uses it', tone: 'alarm' }
    case 'unused':
      return { text: 'Nobody uses it', tone: 'good' }
    case 'acknowledged':
      return { text: `Acknowledged until ${acknowledged?.until ?? 'further notice'}`, tone: 'quiet' }
    case undefined:
      return acknowledged?.isExpired
        ? { text: `Acknowledged until ${acknowledged.until}, which is over`, tone: 'warning' }
        : undefined
  }
}

/** `1 operation`, `2,041 requests`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Of 0 to 100. What happens is never 0 %, and what does not always happen is never 100 %. */
export function percentWords(part: number, whole: number): string {
  if (whole === 0) return '–'
  if (part === 0) return '0 %'
  const percent = (part / whole) * 100
  if (percent < 0.1) return '< 0.1 %'
  if (part < whole && percent > 99.9) return '> 99.9 %'
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`
}

/** `4 ms`, `1.2 s`; from buckets, so no digit more is known. */
export function latencyWords(ms: number | null): string {
  if (ms === null) return '–'
  if (ms < 1) return '< 1 ms'
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`
}

/** A client by its name and version, as it is written everywhere. */
export function clientWords({ name, version }: { name: string; version: string }): string {
  if (name === '') return 'without a name'
  return version === '' ? name : `${name} ${version}`
}
