import { newId } from '@headcount/ids'
import { fieldOf } from '@headcount/service/testing'
import { zone } from './other-services.ts'
import { scanner, type startGates } from './start-gates.ts'

type Gates = Awaited<ReturnType<typeof startGates>>
type Viewer = ReturnType<typeof scanner>

/** What an upload answered. */
export interface UploadAnswer {
  results: {
    scanId: string
    status: string
    conflict: string | null
    message: string | null
    scan: {
      id: string
      kind: string
      outcome: string
      offline: boolean
      of: { scanId: string } | null
    } | null
  }[]
  lastDeviceSeq: number
  missingSeqs: { from: number; to: number }[]
  missingCount: number
}

/** An event's counts. */
export interface Counts {
  seq: number
  admitted: number
  inside: number
  zones: { zone: { id: string }; inside: number }[]
}

const upload = `mutation ($input: UploadScanBatchInput!) { uploadScanBatch(input: $input) {
  results { scanId status conflict message scan { id kind outcome offline of { scanId } } }
  lastDeviceSeq missingSeqs { from to } missingCount } }`
const occupancy = `query ($eventId: ID!) { occupancy(eventId: $eventId) { seq admitted inside zones { zone { id } inside } } }`

/** An event with a hall, a lounge in it, and a gate into each; and devices that scan there. */
export async function offlineWorld(gates: Gates) {
  const { others, organizationId, gate, run, supervisor } = gates
  const hall = zone({ name: 'Hall' })
  const lounge = zone({ name: 'Lounge', parent: { id: hall.id } })
  const event = others.addEvent(organizationId, { zones: [hall, lounge] })
  const outer = await gate(event.id, { zoneToId: hall.id })
  const inner = await gate(event.id, { zoneFromId: hall.id, zoneToId: lounge.id })
  const device = (): Viewer =>
    scanner(organizationId, event.id, others.addDevice(organizationId, event.id, [outer, inner]))
  const start = Date.now() - 600_000
  return {
    ...{ event, hall, lounge, outer, inner, device },
    /** A ticket's code. */
    sell: () => others.sell(organizationId, event),
    /** A scan that a device decided `minute` minutes after some moment ten minutes ago. */
    decided: (code: string, deviceSeq: number | null, minute: number, more: object = {}) => ({
      ...{ scanId: newId('scan'), deviceSeq, code, gateId: outer, direction: 'ENTRY', outcome: 'ADMITTED' },
      scannedAt: new Date(start + minute * 60_000).toISOString(),
      ...more,
    }),
    async upload(viewer: Viewer, scans: object[], more: object = {}): Promise<UploadAnswer> {
      const input = { batchId: newId('scan'), sentAt: new Date().toISOString(), scans, ...more }
      return fieldOf(await run(viewer, upload, { input }), 'uploadScanBatch')
    },
    async counts(): Promise<Counts> {
      return fieldOf(await run(supervisor, occupancy, { eventId: event.id }), 'occupancy')
    },
    async insideOf(place: string): Promise<number> {
      return (await this.counts()).zones.find((row) => row.zone.id === place)?.inside ?? -1
    },
  }
}
