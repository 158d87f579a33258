import { describe, expect, it } from 'vitest'
import { readTokenLife } from './token-life.ts'

const NOW = 1_700_000_000_000

function jwt(iat: number, exp: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'EdDSA' })}.${part({ iat, exp, sub: 'usr_ü?~' })}.signature`
}

describe('readTokenLife', () => {
  it('replaces a token of 5 s after 3 s', () => {
    expect(readTokenLife(jwt(1000, 1005), '', NOW)).toEqual({ refreshAt: NOW + 3000, endsAt: NOW + 5000 })
  })

  it('replaces a token of 15 min one minute before its end', () => {
    expect(readTokenLife(jwt(0, 900), '', NOW).refreshAt).toBe(NOW + 840_000)
  })

  it('counts from the moment the token came, however wrong the local clock is', () => {
    const aDayOff = 86_400_000
    expect(readTokenLife(jwt(1000, 1005), '', NOW + aDayOff).endsAt).toBe(NOW + aDayOff + 5000)
  })

  it('goes by expiresAt where the token cannot be read', () => {
    const expiresAt = new Date(NOW + 10_000).toISOString()
    expect(readTokenLife('opaque', expiresAt, NOW)).toEqual({ refreshAt: NOW + 6000, endsAt: NOW + 10_000 })
  })
})
