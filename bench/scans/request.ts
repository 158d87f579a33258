import type { Message } from '../http/read-messages.ts'
import type { Lane } from './lane.ts'

/** What is asked with each scan. */
export const scanQuery = `mutation Scan($input: RecordScanInput!) { recordScan(input: $input) { __typename
  ... on ScanAdmitted { replayed scan { ledgerSeq } } ... on ScanRejected { reason } ... on Problem { message } } }`

/** One attempt of a lane. */
export interface LaneAttempt {
  readonly scanId: string
  readonly deviceSeq: number
  readonly code: string
  readonly direction: 'ENTRY' | 'EXIT'
  readonly scannedAt: string
}

/** The head of a lane's requests, up to the length of the body. */
export function headOf(url: string, accessToken: string): string {
  const { host } = new URL(url)
  return `POST /graphql HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\nauthorization: Bearer ${accessToken}\r\ncontent-length: `
}

const BODY_START = `{"query":${JSON.stringify(scanQuery)},"variables":{"input":`

/** A whole request. Written by hand: the load must leave the cores to what is measured. All of it is ASCII. */
export function scanRequest(head: string, { gateId }: Pick<Lane, 'gateId'>, attempt: LaneAttempt): string {
  const { scanId, deviceSeq, code, direction, scannedAt } = attempt
  const body = `${BODY_START}{"scanId":"${scanId}","deviceSeq":${deviceSeq},"code":"${code}","gateId":"${gateId}","direction":"${direction}","scannedAt":"${scannedAt}"}}}`
  return `${head}${body.length}\r\n\r\n${body}`
}

/** Not a final answer: a scanner sends the same attempt again. */
const PASSING =
  /"code":"(?:SUBGRAPH_UNAVAILABLE|OVERLOADED|DEADLINE_EXCEEDED|NOT_READY|INTERNAL_SERVER_ERROR)"/

/**
 * What became of an attempt: admitted; to be sent again, as the platform asked for it; or failed without a
 * final answer, so that it is to be sent again as well.
 * @throws Error that shows any other answer
 */
export function outcomeOf({ head, body }: Message): 'admitted' | 'later' | 'failed' {
  if (body.includes('"ScanAdmitted"')) return 'admitted'
  if (body.includes('"RetryLater"')) return 'later'
  const text = body.toString()
  if (PASSING.test(text)) return 'failed'
  throw new Error(`An attempt was not admitted: ${head.split('\r\n')[0]}\n${text}`)
}
