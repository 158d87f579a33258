import { describe, expect, it } from 'vitest'
import { connectivityWords } from './connectivity-words.ts'

describe('connectivityWords', () => {
  it('says that a scanner catches up', () => {
    expect(connectivityWords({ credentialStatus: 'ACTIVE', connectivity: 'CATCHING_UP' })).toEqual({
      text: 'Catching up',
      tone: 'warning',
    })
  })

  it('does not call a scanner online that was taken out of service', () => {
    expect(connectivityWords({ credentialStatus: 'REVOKED', connectivity: 'ONLINE' }).text).toBe(
      'Out of service',
    )
  })
})
