import { reasonOrder } from '@headcount/scan-rules'
import { describe, expect, test } from 'vitest'
import { readVectors, type Vector } from '../testing/read-vectors.ts'
import { decideOffline } from './decide-offline.ts'
import { emptyState, type ListedTicket, type OfflineState } from './offline-state.ts'
import { hashCode } from './standing.ts'

async function stateOf({ ground, tickets, keys }: Vector): Promise<OfflineState> {
  const listed: Record<string, ListedTicket> = {}
  for (const { code, credentialId, ticketTypeId, status, pendingReason, validUntil } of tickets)
    listed[await hashCode(code)] = [credentialId, ticketTypeId, status, pendingReason, validUntil]
  return { ...emptyState(ground.event.id), hasAll: true, ground, keys, tickets: listed }
}

const files = readVectors()

describe.each([...files])('%s', (_file, vectors) => {
  test.each(vectors)('$rule', async (vector) => {
    let state = await stateOf(vector)
    const found: string[] = []
    for (const scan of vector.scans) {
      const decision = await decideOffline(state, { ...scan, deviceId: vector.ground.device.id })
      found.push(decision.reason ?? decision.outcome)
      state = decision.state
    }
    expect(found).toEqual(vector.scans.map(({ expect }) => expect))
  })
})

test('the vectors have every reason, and every state and policy that the rules tell apart', () => {
  const text = JSON.stringify([...files.values()])
  const kinds = [
    'SINGLE',
    'AFTER_EXIT',
    'UNLIMITED',
    'ONCE_PER_DAY',
    'HARD',
    'SOFT',
    'TIMED',
    'NONE',
    'EMERGENCY',
  ]
  for (const name of [...reasonOrder, ...kinds]) expect(text).toContain(`"${name}"`)
})
