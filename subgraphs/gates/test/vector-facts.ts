import type { Vector, VectorScan } from '@headcount/scanner/testing'
import { hashTicketCode, readTicketCode, verifyTicketCode } from '@headcount/ticket-code'
import type { Attempt, CodeWord } from '../src/domain/attempt.ts'
import { decideBatch } from '../src/domain/decide-batch.ts'
import { type ScanFacts, scanState } from '../src/domain/scan-state.ts'

/** What gates says of the attempts of a scanner's case, one after the other: ADMITTED, or the reason. */
export function decideVector(vector: Vector): string[] {
  const attempts = vector.scans.map((scan, index) => attemptOf(scan, vector, index))
  const { decisions } = decideBatch(scanState(factsOf(vector)), attempts, false)
  return decisions.map((decision) =>
    decision.kind === 'recorded' ? (decision.scan.reason ?? decision.scan.outcome) : decision.kind,
  )
}

function factsOf({ ground, tickets }: Vector): ScanFacts {
  const { event, zones, gates, ticketTypes, device, inside } = ground
  const of = { organizationId: event.organizationId, eventId: event.id, version: 1 }
  return {
    ...{
      eventId: event.id,
      organizationId: event.organizationId,
      ledgerSeq: 0,
      event: { ...event, version: 1 },
    },
    zones: zones.map((zone) => ({ ...zone, ...of, closesAt: null })),
    bodies: Object.entries(inside).map(([placeId, bodies]) => ({ placeId, bodies })),
    gates: gates.map((gate) => ({ ...gate, ...of, lanes: 1 })),
    ticketTypes: ticketTypes.map((type) => {
      return { ...type, ...of, validFrom: momentOf(type.validFrom), validUntil: momentOf(type.validUntil) }
    }),
    devices: [{ ...device, eventId: event.id }],
    tickets: tickets.map(({ code, credentialId, validUntil, ...ticket }) => {
      const codeHash = hashTicketCode(code)
      return { ...ticket, ...of, id: credentialId, codeHash, validUntil: momentOf(validUntil) }
    }),
    ...{ presence: [], recorded: [], usedDeviceSeqs: [], movements: [] },
  }
}

function momentOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

/** What a code says where participants cannot be asked. */
function wordOf(code: string, { keys }: Vector): CodeWord {
  const read = readTicketCode(code)
  if (read.kind !== 'code') return { kind: 'unknown', isConfirmed: true }
  const spki = keys[read.keyId]
  if (spki === undefined) return { kind: 'unknown', isConfirmed: false }
  const publicKey = Buffer.from(spki, 'base64url').subarray(-32).toString('base64url')
  if (!verifyTicketCode(read, publicKey)) return { kind: 'badSignature' }
  return { kind: 'signed', ticketId: read.ticketId, eventId: read.eventId, isConfirmed: false }
}

function attemptOf(scan: VectorScan, vector: Vector, index: number): Attempt {
  const { event, device } = vector.ground
  const { code, gateId, direction, at } = scan
  return {
    ...{
      scanId: `scan-${index}`,
      organizationId: event.organizationId,
      eventId: event.id,
      gateId,
      direction,
    },
    ...{
      actor: { kind: 'device', id: device.id },
      deviceSeq: index + 1,
      code,
      codeHash: hashTicketCode(code),
    },
    ...{ scannedAt: at, receivedAt: at, overrideReason: null, offline: null, codeWord: wordOf(code, vector) },
    asked: new Set(['event', 'device', 'ticket', 'ticketType']),
  }
}
