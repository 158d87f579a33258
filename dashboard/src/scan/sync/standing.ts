import type { ResultOf } from '@graphql-typed-document-node/core'
import {
  DeviceHeartbeatDocument,
  type DeviceHeartbeatInput,
  type GateStatus,
} from '../../generated/graphql.ts'
import type { Ask } from '../../graph/ask.ts'

/** A gate that this scanner may work at. */
export interface ScannerGate {
  id: string
  name: string
  status: GateStatus
}

/** What the platform says about this scanner. */
export interface Standing {
  gates: readonly ScannerGate[]
  /** The event of these gates; undefined where there are none. */
  event: { id: string; name: string } | undefined
  /** The last number of this device that the platform has. */
  lastSeq: number
  /** Numbers below it that it has not received. */
  missingCount: number
  /** Local clock less the server's, in milliseconds. */
  skewMs: number
}

/** Sends a sign of life; undefined where no answer came. */
export type SendHeartbeat = (input: DeviceHeartbeatInput) => Promise<Standing | undefined>

const DEADLINE_MS = 5000

export function createHeartbeat(ask: Ask, now: () => number): SendHeartbeat {
  return async (input) => {
    const sentAt = now()
    const { data } = await ask(DeviceHeartbeatDocument, { input }, { deadlineMs: DEADLINE_MS })
    const result = data?.deviceHeartbeat
    if (result?.__typename !== 'DeviceStanding') return undefined
    // The answer was written about half way between question and receipt.
    return standingOf(result, (sentAt + now()) / 2)
  }
}

type Result = NonNullable<ResultOf<typeof DeviceHeartbeatDocument>['deviceHeartbeat']>

function standingOf(result: Extract<Result, { __typename: 'DeviceStanding' }>, middleMs: number): Standing {
  const { device, missingCount, serverTime } = result
  const event = device.gates[0]?.event
  return {
    gates: device.gates.map(({ id, name, status }) => ({ id, name, status })),
    event: event ? { id: event.id, name: event.name } : undefined,
    lastSeq: device.lastSeq,
    missingCount,
    skewMs: Math.round(middleMs - Date.parse(serverTime)),
  }
}

/** What was kept of an earlier answer; undefined for anything else. */
export function readStanding(value: unknown): Standing | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { gates, lastSeq } = value as Partial<Standing>
  return Array.isArray(gates) && typeof lastSeq === 'number' ? (value as Standing) : undefined
}
