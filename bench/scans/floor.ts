// Group commit with nothing else: plain node:http over one writer. What waits while the last transaction runs is the next one,
// in one statement: ledger, presence, counters, outbox. No rights, no rules, no GraphQL; it takes the platform's own requests.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { answerParent } from '../processes/answer-parent.ts'
import type { LaneAttempt } from './request.ts'

interface Waiting {
  readonly input: LaneAttempt & { readonly gateId: string }
  readonly res: ServerResponse
}

const EVENT = `evt_${'0'.repeat(32)}`
const MOST_AT_ONCE = 500

const WRITE = `WITH scan AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[])
    WITH ORDINALITY AS scan (scan_id, gate_id, code, device_seq, direction, scanned_at, place)
), total AS (
  UPDATE grouped.counters SET seq = seq + (SELECT count(*) FROM scan),
    inside = inside + (SELECT sum(CASE direction WHEN 'ENTRY' THEN 1 ELSE -1 END) FROM scan)
  WHERE event_id = '${EVENT}' RETURNING seq - (SELECT count(*) FROM scan) AS before
), written AS (
  INSERT INTO grouped.ledger (event_id, ledger_seq, organization_id, kind, recorded_at, actor_kind, actor_id, gate_id,
    scan_id, code_hash, device_seq, direction, outcome, credential_id, to_place, scanned_at, effective_at)
  SELECT '${EVENT}', before + place, 'org', 'SCAN', now(), 'device', 'dev', gate_id, scan_id, right(code, 43), device_seq,
    direction, 'ADMITTED', right(code, 36), '${EVENT}', scanned_at, now() FROM scan, total
  ON CONFLICT (organization_id, scan_id) DO NOTHING
), present AS (
  INSERT INTO grouped.presence (event_id, credential_id, place_id, organization_id, bodies, entries, entries_from_outside,
    last_movement_at)
  SELECT '${EVENT}', right(code, 36), '${EVENT}', 'org', 1, 1, 1, now() FROM scan
  ON CONFLICT (event_id, credential_id, place_id) DO UPDATE
    SET bodies = 1 - presence.bodies, entries = presence.entries + 1 - presence.bodies, last_movement_at = now()
), counted AS (
  INSERT INTO grouped.gate_counters SELECT gate_id, count(*) FILTER (WHERE direction = 'ENTRY'),
    count(*) FILTER (WHERE direction = 'EXIT') FROM scan GROUP BY gate_id
  ON CONFLICT (gate_id) DO UPDATE SET entries = gate_counters.entries + excluded.entries,
    exits = gate_counters.exits + excluded.exits
), told AS (
  INSERT INTO grouped.outbox (payload) SELECT json_agg(json_build_object('scanId', scan_id, 'gateId', gate_id,
    'direction', direction)) FROM scan
) SELECT before::int FROM total`

let writer: pg.Client | undefined
let waiting: Waiting[] = []
let isWriting = false
let acknowledged = 0

async function write(): Promise<void> {
  if (isWriting) return
  isWriting = true
  while (waiting.length > 0) {
    const batch = waiting.splice(0, MOST_AT_ONCE)
    const column = (name: keyof Waiting['input']) => batch.map(({ input }) => input[name])
    const names = ['scanId', 'gateId', 'code', 'deviceSeq', 'direction', 'scannedAt'] as const
    const answer = await writer?.query({ name: 'write', text: WRITE, values: names.map(column) })
    const before = answer?.rows[0]?.before as number
    for (const [index, { res }] of batch.entries()) {
      const scan = { ledgerSeq: before + index + 1 }
      res.end(JSON.stringify({ data: { recordScan: { __typename: 'ScanAdmitted', replayed: false, scan } } }))
    }
    acknowledged += batch.length
  }
  isWriting = false
}

function receive(req: IncomingMessage, res: ServerResponse): void {
  const parts: Buffer[] = []
  req.on('data', (part: Buffer) => parts.push(part))
  req.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(parts).toString()) as { variables: Pick<Waiting, 'input'> }
    res.setHeader('content-type', 'application/json')
    waiting.push({ input: variables.input, res })
    // A write that fails ends this process, and the bench with it.
    void write()
  })
}

/** Answers its address. The tables must be there. */
async function open({ url }: { url: string }): Promise<string> {
  writer = new pg.Client({ connectionString: url })
  await writer.connect()
  const server = createServer({ keepAlive: true }, receive)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Fails when the floor itself lost a row. */
async function check(): Promise<number> {
  const answer =
    await writer?.query(`SELECT seq, inside, (SELECT count(*)::int FROM grouped.ledger) AS ledger,
    (SELECT sum(bodies)::int FROM grouped.presence) AS present,
    (SELECT sum(entries + exits)::int FROM grouped.gate_counters) AS gates
    FROM grouped.counters WHERE event_id = '${EVENT}'`)
  const { seq, inside, ledger, present, gates } = answer?.rows[0] ?? {}
  const agrees = [seq, ledger, gates].every((count) => count === acknowledged) && inside === present
  if (agrees) return acknowledged
  throw new Error(
    `The floor lost rows: ${JSON.stringify({ acknowledged, seq, inside, ledger, present, gates })}`,
  )
}

answerParent({ open, check }, () => {
  waiting = []
  return writer?.end()
})
