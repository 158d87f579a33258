import { createPrivateKey, createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeyPair, hashTicketCode, readTicketCode, signTicketCode, verifyTicketCode } from './index.ts'

const contents = {
  ticketId: 'tkt_0192f0e1d2c37b4a8596a7b8c9d0e1f2',
  eventId: 'evt_0192f0e1d2c37b4a8596a7b8c9d0e1f3',
  organizationId: 'org_0192f0e1d2c37b4a8596a7b8c9d0e1f4',
  issue: 1,
  keyId: 'key_0192f0e1d2c37b4a8596a7b8c9d0e1f5',
}
const keys = createKeyPair()
const text = signTicketCode({ ...contents, privateKey: keys.privateKey })

function read(code: string) {
  const result = readTicketCode(code)
  if (result.kind !== 'code') throw new Error('unreadable')
  return result
}

test('the vector of the README comes out to the letter', () => {
  // RFC 8032, section 7.1, test 1, in the fixed frame that PKCS#8 puts around 32 bytes of Ed25519.
  const secret = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
  const der = Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex')
  const { x: publicKey = '' } = createPublicKey(
    createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  ).export({ format: 'jwk' })
  const code = signTicketCode({ ...contents, privateKey: der.toString('base64url') })
  expect(publicKey).toBe('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo')
  expect(code).toBe(
    'HC1.key_0192f0e1d2c37b4a8596a7b8c9d0e1f5.AZLw4dLDe0qFlqe4ydDh8gGS8OHSw3tKhZanuMnQ4fMBkvDh0sN7SoWWp7jJ0OH0AAAAAQ.' +
      '4UVatvk9xM17IReRP4AzZyniMgdUsoq0lKTPG9w6Z_oqwDwckihe-F2UKIhTdD8ePFgUOFt0HNbrc4A2LwgQBw',
  )
  expect(code).toHaveLength(198)
  expect(hashTicketCode(code)).toBe('zCXYzykRwbRP7T99qZVtAWLS1Ep4S0w_D93_gX87hk4')
  expect(verifyTicketCode(read(code), publicKey)).toBe(true)
})

test('a code says what was signed, and only its own key verifies it', () => {
  expect(read(text)).toMatchObject({ kind: 'code', ...contents })
  expect(verifyTicketCode(read(text), keys.publicKey)).toBe(true)
  expect(verifyTicketCode(read(text), createKeyPair().publicKey)).toBe(false)
})

test('signing the same issue of a ticket again gives the same code, the next issue another', () => {
  expect(signTicketCode({ ...contents, privateKey: keys.privateKey })).toBe(text)
  const next = signTicketCode({ ...contents, issue: 2, privateKey: keys.privateKey })
  expect(next).not.toBe(text)
  expect(read(next)).toMatchObject({ ticketId: contents.ticketId, issue: 2 })
})

test.for([0, 1.5, -1, 2 ** 32])('refuses to sign issue %s', (issue) => {
  const sign = () => signTicketCode({ ...contents, issue, privateKey: keys.privateKey })
  expect(sign).toThrow(`issue is ${issue}`)
})

test('no other text is a valid code: every character counts', () => {
  for (let index = 0; index < text.length; index++) {
    for (const other of ['A', 'b', '9'].filter((char) => char !== text[index])) {
      const changed = readTicketCode(text.slice(0, index) + other + text.slice(index + 1))
      if (changed.kind === 'code') expect(verifyTicketCode(changed, keys.publicKey)).toBe(false)
    }
  }
  // The last character of a signature carries two bits that mean nothing: only zeros are read.
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const readable = [...last].filter((char) => readTicketCode(text.slice(0, -1) + char).kind === 'code')
  expect(readable).toHaveLength(4)
})

test.for([
  '',
  'HC1',
  'HC2.k.a.b',
  `${text}.more`,
  `${text}=`,
  ` ${text}`,
  text.replace('HC1', 'hc1'),
  text.replace('key_', 'kéy_'),
  text.slice(0, -1),
  'x'.repeat(1_000_000),
])('reads %.40s as unreadable', (bad) => {
  expect(readTicketCode(bad)).toEqual({ kind: 'unreadable' })
})

test('what is no text at all is unreadable', () => {
  for (const bad of [undefined, null, 7, {}]) {
    expect(readTicketCode(bad as unknown as string)).toEqual({ kind: 'unreadable' })
  }
})

test('an unusable public key verifies nothing', () => {
  for (const publicKey of ['', 'x', 'A'.repeat(43), keys.privateKey]) {
    expect(verifyTicketCode(read(text), publicKey)).toBe(false)
  }
})

test.for([
  ['ticketId', 'evt_0192f0e1d2c37b4a8596a7b8c9d0e1f2'],
  ['ticketId', 'tkt_1'],
  ['eventId', 'evt_0192F0E1D2C37B4A8596A7B8C9D0E1F3'],
  ['organizationId', ''],
  ['keyId', 'with.dot'],
] as const)('refuses to sign %s "%s", by name', ([field, value]) => {
  const sign = () => signTicketCode({ ...contents, [field]: value, privateKey: keys.privateKey })
  expect(sign).toThrow(`${field} is "${value}"`)
})
