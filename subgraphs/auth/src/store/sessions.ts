import type { Database, Transaction } from '@headcount/database'
import type { SessionRow } from './rows.ts'

const columns = `id, organization_id AS "organizationId", user_id AS "userId", device_id AS "deviceId", generation,
  recent_rotations AS "recentRotations", expires_at AS "expiresAt", ended_at AS "endedAt"`

/** Refresh families. */
export interface SessionStore {
  add(session: SessionRow, now: Date): Promise<void>
  /**
   * Locks a session, lets `decide` say what it becomes (the same object = no change) and writes that. Answers what
   * `decide` answered; undefined where there is no such session. `decide` may run again.
   */
  change<T>(
    id: string,
    decide: (session: SessionRow) => { session: SessionRow; answer: T },
  ): Promise<T | undefined>
  /** Ends a session of the tenant; nothing happens where it has ended. */
  end(organizationId: string, id: string, now: Date): Promise<void>
}

/** Writes a new session within a transaction. */
export async function insertSession(
  tx: Pick<Transaction, 'query'>,
  row: SessionRow,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO sessions (id, organization_id, user_id, device_id, generation, recent_rotations, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      row.id,
      row.organizationId,
      row.userId,
      row.deviceId,
      row.generation,
      row.recentRotations,
      now,
      row.expiresAt,
    ],
  )
}

/** Ends what sessions a device has, within a transaction. */
export async function endDeviceSessions(
  tx: Pick<Transaction, 'query'>,
  deviceId: string,
  now: Date,
): Promise<void> {
  const sql = 'UPDATE sessions SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL'
  await tx.query(sql, [deviceId, now])
}

/** Reads and writes refresh families. */
export function createSessionStore(database: Database): SessionStore {
  return {
    add: (session, now) => insertSession(database, session, now),
    change: (id, decide) =>
      database.transaction(async (tx) => {
        const sql = `SELECT ${columns} FROM sessions WHERE id = $1 FOR UPDATE`
        const [row] = await tx.query<SessionRow>(sql, [id])
        if (!row) return undefined
        const { session, answer } = decide(row)
        if (session !== row) {
          await tx.query(
            `UPDATE sessions SET generation = $2, recent_rotations = $3, expires_at = $4, ended_at = $5 WHERE id = $1`,
            [id, session.generation, session.recentRotations, session.expiresAt, session.endedAt],
          )
        }
        return answer
      }),
    async end(organizationId, id, now) {
      await database.query(
        'UPDATE sessions SET ended_at = $3 WHERE id = $2 AND organization_id = $1 AND ended_at IS NULL',
        [organizationId, id, now],
      )
    },
  }
}
