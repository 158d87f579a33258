import { scopesOf, type Viewer } from '@headcount/access'
import { newId } from '@headcount/ids'
import type { Parts, Service } from '@headcount/service'
import { fieldOf, startTestService } from '@headcount/service/testing'
import { vi } from 'vitest'
import { createGates } from '../src/server.ts'
import { otherServices } from './other-services.ts'

/** What a scan answered. */
export interface ScanAnswer {
  __typename: string
  replayed: boolean
  reason: string
  message: string
  credentialId: string
  ticketTypeName: string | null
  degraded: boolean
  overridable: boolean
  firstAdmission: { at: string; gate: { id: string }; device: { id: string } | null } | null
  validGates: { id: string }[] | null
  validFrom: string | null
  validUntil: string | null
  fields: { path: string }[]
  scan: {
    id: string
    ledgerSeq: number
    unmatched: boolean
    overrideReason: string | null
    receivedAt: string
  }
}

export const recordScan = `mutation ($input: RecordScanInput!) { recordScan(input: $input) { __typename
  ... on ScanAdmitted { replayed credentialId ticketTypeName degraded ticketType { id name }
    scan { id ledgerSeq unmatched overrideReason receivedAt } }
  ... on ScanRejected { replayed reason message overridable validFrom validUntil validGates { id }
    firstAdmission { at gate { id } device { id } } scan { id ledgerSeq unmatched receivedAt } }
  ... on ValidationError { message fields { path message } } ... on Problem { message } } }`

const upsertGate = `mutation ($input: UpsertGateInput!) { upsertGate(input: $input) { __typename
  ... on Gate { id name status } ... on ValidationError { fields { path } } ... on Problem { message } } }`

interface StartOptions {
  readonly now?: () => Date
  readonly scanBatch?: number
  readonly scanQueue?: number
  /** Scans a minute of one device; no limits by default. */
  readonly deviceBudget?: number
  /** How many gates processes share the database. */
  readonly processes?: number
}

/** Gates over a database of its own; the other services as `otherServices` has them. */
export async function startGates(options: StartOptions = {}) {
  const { now, scanBatch = 200, scanQueue = 5000, deviceBudget = 0, processes = 1 } = options
  const others = otherServices()
  const organizationId = newId('organization')
  const { log, logged } = collectingLog()
  const more: Service[] = []
  const started = await startTestService({
    ...(now && { now }),
    ask: others.ask,
    prismaDirectory: new URL('../prisma', import.meta.url),
    create: async (databaseUrl, parts) => {
      const settings = {
        databaseUrl,
        replicaUrl: undefined,
        maxConnections: 10,
        scanBatch,
        scanQueue,
        deviceBudget,
        ledgerMonths: undefined,
        manifestSecret: 'test-manifest-secret-of-32-letters',
      }
      // Further processes share nothing with the first but the database.
      for (let n = 1; n < processes; n++) more.push(await createGates(settings, { ...parts, log }))
      return createGates(settings, { ...parts, log })
    },
    serviceOf: (service) => service,
  })
  const supervisor: Viewer = person(organizationId, ['ORGANISER', 'GATE_SUPERVISOR'])

  async function gate(eventId: string, more: object = {}): Promise<string> {
    const input = { eventId, name: `Gate ${newId('gate')}`, ...more }
    const answer = fieldOf<{ __typename: string; id: string }>(
      await started.run(supervisor, upsertGate, { input }),
      'upsertGate',
    )
    if (answer.__typename !== 'Gate') throw new Error(JSON.stringify(answer))
    return answer.id
  }

  let scans = 0
  async function scan(viewer: Viewer, input: object): Promise<ScanAnswer> {
    const whole = { scanId: newId('scan'), direction: 'ENTRY', scannedAt: new Date().toISOString(), ...input }
    // The processes take turns.
    const services = [started.service, ...more]
    const service = services[scans++ % services.length] ?? started.service
    const request = { query: recordScan, variables: { input: whole }, viewer, requestId: 'test' }
    return fieldOf(await service.execute(request), 'recordScan')
  }

  async function stop(): Promise<void> {
    for (const service of more) await service.stop()
    await started.stop()
  }

  return {
    ...started,
    stop,
    services: [started.service, ...more],
    others,
    organizationId,
    supervisor,
    gate,
    scan,
    upsertGate,
    logged,
  }
}

/** A log that keeps its warnings and errors. */
function collectingLog() {
  const logged: { level: string; fields: Record<string, unknown>; message: string }[] = []
  const at = (level: string) => (fields: Record<string, unknown>, message: string) =>
    void logged.push({ level, fields, message })
  const nothing = () => undefined
  const log: object = {
    warn: at('warn'),
    error: at('error'),
    info: nothing,
    debug: nothing,
    child: () => log,
  }
  return { log: log as Parts['log'], logged }
}

/** Waits until the check passes, 10 s at most: what is told takes milliseconds, on a busy machine more. */
export function soon<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 })
}

/** A person of a tenant. */
export function person(organizationId: string, roles: Parameters<typeof scopesOf>[0]): Viewer {
  return { kind: 'user', id: 'usr_1', organizationId, scopes: scopesOf(roles) }
}

/** A device of a tenant. */
export function scanner(organizationId: string, eventId: string, id: string): Viewer {
  return { kind: 'device', id, organizationId, eventId, scopes: scopesOf(['GATE_OPERATOR']) }
}
