import type { OptionValues } from './command.ts'

/** The words of an option that takes several, separated by commas; empty where it is not given. */
export function wordList(value: OptionValues[string]): string[] {
  if (typeof value !== 'string') return []
  return value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
