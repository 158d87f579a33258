import { createKeyPair, hashTicketCode, readTicketCode, signTicketCode } from '@headcount/ticket-code'
import { expect, test } from 'vitest'
import { readVectors, type Vector } from '../testing/read-vectors.ts'
import { decideOffline, noteAdmitted } from './decide-offline.ts'
import { ManifestError } from './manifest-error.ts'
import { emptyState, type OfflineState } from './offline-state.ts'
import { readCode } from './read-code.ts'
import { hashCode } from './standing.ts'

const [vector] = readVectors().get('codes.json') ?? []
const { ground, keys, tickets } = vector as Vector
const [ticket] = tickets
const code = ticket?.code ?? ''
const scan = { code, gateId: 'gat_outer', direction: 'ENTRY', deviceId: 'dev_a', at: new Date() } as const

async function world(): Promise<OfflineState> {
  const listed = [ticket?.credentialId ?? '', 'typ_day', 'VALID', null, null] as const
  return { ...emptyState(ground.event.id), ground, keys, tickets: { [await hashCode(code)]: listed } }
}

test('a device without a manifest says so and decides nothing', async () => {
  await expect(decideOffline(emptyState('evt'), scan)).rejects.toThrow(ManifestError)
})

test('a decision names the credential and its type, and leaves the state that it was made from as it was', async () => {
  const state = await world()
  const before = structuredClone(state)
  const decision = await decideOffline(state, scan)
  expect(decision).toMatchObject({
    outcome: 'ADMITTED',
    credentialId: ticket?.credentialId,
    message: 'Admitted.',
  })
  expect([decision.ticketTypeName, decision.isUnlisted]).toEqual(['Day', false])
  expect(state).toEqual(before)
  expect(JSON.parse(JSON.stringify(decision.state))).toEqual(decision.state)
  const again = await decideOffline(decision.state, scan)
  expect(again).toMatchObject({ reason: 'ALREADY_INSIDE', message: 'This ticket is inside already.' })
  expect(again.state).toBe(decision.state)
})

test('whom the server let in before is inside when the device decides alone', async () => {
  const state = await noteAdmitted(await world(), scan)
  expect((await decideOffline(state, scan)).reason).toBe('ALREADY_INSIDE')
  expect(state.ground?.inside).toEqual({ zon_hall: 1 })
})

test('a device decides in its own name and at gates of its event alone', async () => {
  const state = await world()
  for (const other of [{ deviceId: 'dev_b' }, { gateId: 'gat_nowhere' }])
    expect(await decideOffline(state, { ...scan, ...other })).toMatchObject({ reason: 'DEVICE_NOT_ASSIGNED' })
})

test('codes are read and hashed as `ticket-code` does', async () => {
  const ids = { ticketId: `tkt_${'1'.repeat(32)}`, eventId: `evt_${'2'.repeat(32)}` }
  const contents = { ...ids, organizationId: `org_${'3'.repeat(32)}`, issue: 7, keyId: 'key-1' }
  const text = signTicketCode({ ...contents, privateKey: createKeyPair().privateKey })
  expect(readCode(text)).toMatchObject({ ...ids, organizationId: contents.organizationId, keyId: 'key-1' })
  expect(await hashCode(text)).toBe(hashTicketCode(text).slice(0, 16))
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const others = [...alphabet].map((last) => text.slice(0, -1) + last)
  for (const bad of [
    '',
    'HC1',
    `${text}.x`,
    `${text}=`,
    ` ${text}`,
    text.slice(0, -1),
    'x'.repeat(1000),
    ...others,
  ])
    expect(readCode(bad) !== undefined).toBe(readTicketCode(bad).kind === 'code')
})
