import { describe, expect, it, vi } from 'vitest'
import { enrolmentAddress, enrolmentTokenIn, takeOfferedToken } from './enrolment-token.ts'

const token = 'abcdefghijklmnopqrstuvwxyz0123456789_-ABCDE'

describe('enrolmentTokenIn', () => {
  it('finds the token alone and in the address that is shown as a QR code', () => {
    expect(enrolmentTokenIn(` ${token}\n`)).toBe(token)
    expect(enrolmentTokenIn(enrolmentAddress('https://gate.example:4000', token))).toBe(token)
  })

  it('takes nothing else for one', () => {
    expect(enrolmentTokenIn('HC1.key.payload.signature')).toBeUndefined()
    expect(enrolmentTokenIn('https://example.test/scan')).toBeUndefined()
    expect(enrolmentTokenIn('')).toBeUndefined()
  })
})

describe('takeOfferedToken', () => {
  it('removes the token from the address at once', () => {
    const replaceState = vi.fn()
    expect(takeOfferedToken({ hash: `#enrol=${token}`, pathname: '/scan' }, { replaceState })).toBe(token)
    expect(replaceState).toHaveBeenCalledWith(null, '', '/scan')
  })

  it('leaves an address without one as it is', () => {
    const replaceState = vi.fn()
    expect(takeOfferedToken({ hash: '', pathname: '/scan' }, { replaceState })).toBeUndefined()
    expect(replaceState).not.toHaveBeenCalled()
  })
})
