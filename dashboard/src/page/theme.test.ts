import { describe, expect, it } from 'vitest'
import { nextTheme, readTheme } from './theme.ts'

describe('theme', () => {
  it('goes round automatic, light and dark', () => {
    expect(nextTheme('auto')).toBe('light')
    expect(nextTheme('light')).toBe('dark')
    expect(nextTheme('dark')).toBe('auto')
  })

  it('is automatic when nothing sensible was stored', () => {
    expect(readTheme({ getItem: () => 'purple' })).toBe('auto')
    expect(readTheme({ getItem: () => 'dark' })).toBe('dark')
  })
})
