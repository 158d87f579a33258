import type { ZoneEnforcement } from '../generated/graphql.ts'

/** How full a zone is: names for colours, from calm to over. */
export type FillLevel = 'unlimited' | 'calm' | 'filling' | 'high' | 'critical' | 'full' | 'over'

export interface ZoneLevel {
  level: FillLevel
  /** `inside` / `capacity`; undefined without a capacity. */
  share: number | undefined
  /** The level in words, since colour alone tells nobody enough; empty while calm. */
  text: string
}

/** Where each level begins, the fullest first. */
const LEVELS: readonly { from: number; level: FillLevel; text: string }[] = [
  { from: 1, level: 'full', text: 'Full' },
  { from: 0.95, level: 'critical', text: 'Critical' },
  { from: 0.9, level: 'high', text: 'High' },
  { from: 0.8, level: 'filling', text: 'Filling' },
]

export function zoneLevel(inside: number, capacity: number | null): ZoneLevel {
  if (capacity === null || capacity <= 0) return { level: 'unlimited', share: undefined, text: '' }
  const share = inside / capacity
  if (inside > capacity) return { level: 'over', share, text: 'Over' }
  const reached = LEVELS.find(({ from }) => share >= from)
  return reached ? { level: reached.level, share, text: reached.text } : { level: 'calm', share, text: '' }
}

/** What the gates do at capacity; the mark stands before "limit". */
export const ENFORCEMENTS: Readonly<Record<ZoneEnforcement, { mark: string; meaning: string }>> = {
  HARD: { mark: 'Hard', meaning: 'Gates refuse entry at capacity.' },
  SOFT: { mark: 'Soft', meaning: 'Gates refuse entry at capacity; a supervisor may let people in.' },
  NONE: { mark: 'Open', meaning: 'People are counted, nobody is refused.' },
}
