// The floor: what a scan costs at least when each is a transaction of its own. The same Postgres, a row in a ledger and the
// event's one counter row, in a single statement, so that the counter is locked for as short as can be.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { answerParent } from '../processes/answer-parent.ts'

const DATABASE = 'bench_floor'
const TABLES = `
  CREATE TABLE counter (event_id TEXT PRIMARY KEY, seq INT NOT NULL, inside INT NOT NULL);
  CREATE TABLE ledger (
    event_id TEXT NOT NULL, seq INT NOT NULL, scan_id TEXT NOT NULL UNIQUE, gate_id TEXT NOT NULL,
    credential_id TEXT NOT NULL, direction TEXT NOT NULL, outcome TEXT NOT NULL, recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (event_id, seq));
  INSERT INTO counter VALUES ('evt_hot', 0, 0);`
const SCAN = {
  name: 'scan',
  text: `
    WITH counted AS (UPDATE counter SET seq = seq + 1, inside = inside + 1 WHERE event_id = 'evt_hot' RETURNING seq)
    INSERT INTO ledger SELECT 'evt_hot', seq, $1, $2, $3, 'ENTRY', 'ADMITTED', now() FROM counted RETURNING seq`,
}

let pool: pg.Pool | undefined
let acknowledged = 0

/** Makes the database beside the platform's; `connections` as the gates service has. */
async function open({ url, connections }: { url: string; connections: number }): Promise<void> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${DATABASE}`)
  await admin.end()
  const own = new URL(url)
  own.pathname = `/${DATABASE}`
  pool = new pg.Pool({ connectionString: own.href, max: connections })
  await pool.query(TABLES)
}

function run({ inFlight, seconds }: { inFlight: number; seconds: number }): Promise<Load> {
  const send = async (worker: number) => {
    await pool?.query({ ...SCAN, values: [randomUUID(), `gat_${worker % 8}`, `tkt_${worker}`] })
    acknowledged++
  }
  return closedLoop({ inFlight, seconds, send })
}

/** Fails when the floor itself lost a row. */
async function check(): Promise<number> {
  const { rows } = (await pool?.query(
    'SELECT seq, inside, (SELECT count(*)::int FROM ledger) AS ledger FROM counter',
  )) ?? { rows: [] }
  const { seq, inside, ledger } = rows[0] ?? {}
  if ([seq, inside, ledger].some((count) => count !== acknowledged)) {
    throw new Error(`The floor lost rows: ${JSON.stringify({ acknowledged, seq, inside, ledger })}`)
  }
  return acknowledged
}

answerParent({ open, run, check }, () => pool?.end())
