import {
  type ClientName,
  type ReportedCount,
  type ReportedOperation,
  reportBounds,
  type UsageReport,
} from '@headcount/registry-api'
import { RegistryProblem } from '../endpoint.ts'
import { usageBounds } from './bounds.ts'
import { bucketCount } from './latencies.ts'
import {
  readChoice,
  readInteger,
  readList,
  readObject,
  readOptional,
  readShaped,
  readText,
  readTime,
} from './read-values.ts'

const most = 1_000_000_000
const hash = { pattern: /^[0-9a-f]{64}$/, shape: 'a SHA-256 of 64 lower-case hexadecimal digits' }
const process = { pattern: /^[\x21-\x7e]{1,100}$/, shape: '1 to 100 printable ASCII characters' }
const coordinateShape = {
  pattern: /^@?[_A-Za-z]\w{0,99}(\.[_A-Za-z]\w{0,99}){0,2}$/,
  shape: "a schema coordinate ('Query.event.id')",
}
const nameShape = { pattern: /^[_A-Za-z]\w*$/, shape: 'a GraphQL name' }

/** Reads the body of `POST /usage`. Refuses what no gateway of ours would send: nothing but names and numbers gets in. */
export function readReport(body: unknown): UsageReport {
  const report = readObject(body, 'the report')
  const from = readTime(report['from'], 'from')
  const to = readTime(report['to'], 'to')
  if (from > to) throw new RegistryProblem('BAD_REQUEST', 'from must not be after to')
  return {
    gateway: readShaped(report['gateway'], 'gateway', process),
    sequence: readInteger(report['sequence'], 'sequence', { min: 1, max: 2_147_483_647 }),
    from: from.toISOString(),
    to: to.toISOString(),
    operations: readList(report['operations'], 'operations', {
      ...{ read: readOperation, atMost: reportBounds.operations },
    }),
    counts: readList(report['counts'], 'counts', { read: readCount, atMost: reportBounds.counts }),
    inputs: readList(report['inputs'], 'inputs', { read: readInput, atMost: reportBounds.inputs }),
    uncounted: readInteger(report['uncounted'], 'uncounted', { min: 0, max: most }),
  }
}

function readOperation(value: unknown, where: string): ReportedOperation {
  const operation = readObject(value, where)
  return {
    id: readShaped(operation['id'], `${where}.id`, hash),
    name: readOptional(operation['name'], `${where}.name`, readName),
    kind: readChoice(operation['kind'], `${where}.kind`, ['query', 'mutation', 'subscription']),
    text: readText(operation['text'], `${where}.text`, { atMost: reportBounds.textCharacters }),
    coordinates: readCoordinates(operation['coordinates'], `${where}.coordinates`),
    documentId: readOptional(operation['documentId'], `${where}.documentId`, (id, at) =>
      readText(id, at, { atMost: 200 }),
    ),
  }
}

function readName(value: unknown, where: string): string {
  return readShaped(readText(value, where, { atMost: reportBounds.nameCharacters }), where, nameShape)
}

function readCoordinates(value: unknown, where: string): string[] {
  const atMost = usageBounds.coordinates
  return readList(value, where, { read: (item, at) => readShaped(item, at, coordinateShape), atMost })
}

function readInput(value: unknown, where: string): UsageReport['inputs'][number] {
  const input = readObject(value, where)
  return {
    operation: readShaped(input['operation'], `${where}.operation`, hash),
    coordinates: readCoordinates(input['coordinates'], `${where}.coordinates`),
  }
}

function readCount(value: unknown, where: string): ReportedCount {
  const count = readObject(value, where)
  const requests = readInteger(count['requests'], `${where}.requests`, { min: 0, max: most })
  const latencies = readList(count['latencies'], `${where}.latencies`, {
    read: (item, at) => readInteger(item, at, { min: 0, max: requests }),
    atMost: bucketCount,
  })
  const answered = latencies.reduce((sum, one) => sum + one, 0)
  if (latencies.length !== bucketCount || answered > requests) {
    throw new RegistryProblem(
      'BAD_REQUEST',
      `${where}.latencies must be ${bucketCount} numbers that come to ${requests} requests at most; they are ${latencies.length} that come to ${answered}`,
    )
  }
  return {
    operation: readShaped(count['operation'], `${where}.operation`, hash),
    client: readClient(count['client'], `${where}.client`),
    requests,
    errors: readInteger(count['errors'], `${where}.errors`, { min: 0, max: requests }),
    latencies,
  }
}

function readClient(value: unknown, where: string): ClientName {
  const client = readObject(value, where)
  const atMost = reportBounds.nameCharacters
  return {
    name: readText(client['name'], `${where}.name`, { atMost }),
    version: readText(client['version'], `${where}.version`, { atMost }),
  }
}
