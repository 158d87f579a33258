import type { Database } from '@headcount/database'
import { inOrder } from './order.ts'
import { type DeviceRow, deviceColumns } from './rows.ts'

/** An upload that cannot be recorded, as it came. */
export interface InvalidUpload {
  readonly organizationId: string
  readonly actorId: string
  readonly hash: string
  readonly eventId: string | null
  readonly batchId: string
  readonly scan: { readonly deviceSeq?: number | null | undefined }
  readonly message: string
  readonly receivedAt: Date
}

/** Numbers from `from` to `to`, both among them. */
export interface SeqRange {
  readonly from: number
  readonly to: number
}

/** Which numbers of a device were received. */
export interface DeviceNumbers {
  readonly lastSeq: number
  /** At most 1,000 ranges. */
  readonly missing: SeqRange[]
  readonly missingCount: number
}

/** What a device says of itself. */
export interface Heartbeat {
  readonly waiting: number
  readonly appVersion: string | null
  readonly batteryPercent: number | null
  readonly clockSkewMs: number
  readonly at: Date
}

const MAXIMUM_RANGES = 1000
const LARGEST_SEQ = 2_000_000_000
const LARGEST_INT = 0x7fff_ffff

/** The writes of devices' own words, and what is known of their numbers. */
export function deviceWrites(database: Database) {
  return {
    /** Keeps uploads that cannot be recorded, each once; their numbers count as received. */
    async keepInvalidUploads(uploads: readonly InvalidUpload[], deviceId: string | undefined): Promise<void> {
      if (uploads.length === 0) return
      const seqs = uploads.flatMap(({ scan: { deviceSeq } }) =>
        deviceSeq != null && deviceSeq > 0 && deviceSeq <= LARGEST_SEQ ? [deviceSeq] : [],
      )
      await database.query(
        `WITH heard AS (
           UPDATE devices SET last_seq = greatest(last_seq, (SELECT max(seq) FROM unnest($3::int[]) AS seq)),
             seqs = seqs + coalesce((SELECT range_agg(int4range(seq, seq, '[]')) FROM unnest($3::int[]) AS seq), '{}')
           WHERE id = $2
         )
         INSERT INTO invalid_uploads (organization_id, actor_id, hash, event_id, batch_id, scan, message, received_at)
         SELECT * FROM json_to_recordset($1::json) AS upload ("organizationId" text, "actorId" text, hash text,
           "eventId" text, "batchId" text, scan jsonb, message text, "receivedAt" timestamptz)
         ON CONFLICT DO NOTHING`,
        [JSON.stringify(uploads), deviceId ?? '', seqs],
      )
    },
    /** Which numbers of devices were received, in the order of the ids; none of a device that is not known. */
    async numbersOf(organizationId: string, deviceIds: readonly string[]): Promise<DeviceNumbers[]> {
      const rows = await database.query<DeviceNumbers & { id: string }>(numbersSql, [
        organizationId,
        deviceIds,
      ])
      return inOrder(deviceIds, rows).map((row) => row ?? { lastSeq: 0, missing: [], missingCount: 0 })
    },
    /** The devices that may scan and were heard since then, at most 10,000. */
    async devicesAtWork(since: Date): Promise<{ organizationId: string; id: string }[]> {
      return database.query(
        `SELECT organization_id AS "organizationId", id FROM devices
         WHERE status = 'ACTIVE' AND last_seen_at >= $1 ORDER BY last_seen_at DESC LIMIT 10000`,
        [since],
      )
    },
    /** Notes a sign of life; answers the device as it is then, undefined where there is none. */
    async keepHeartbeat(
      organizationId: string,
      deviceId: string,
      beat: Heartbeat,
    ): Promise<DeviceRow | undefined> {
      const [row] = await database.query<DeviceRow>(
        `UPDATE devices SET last_seen_at = $3, waiting = $4, app_version = $5, battery_percent = $6, clock_skew_ms = $7
         WHERE id = $2 AND organization_id = $1 RETURNING ${deviceColumns}`,
        [
          ...[organizationId, deviceId, beat.at, beat.waiting, beat.appVersion],
          ...[beat.batteryPercent, withinInt(beat.clockSkewMs)],
        ],
      )
      return row
    },
    /** Notes that a device was heard, whatever it had to say. */
    async keepHeard(
      organizationId: string,
      deviceId: string,
      { at, clockSkewMs }: Pick<Heartbeat, 'at' | 'clockSkewMs'>,
    ): Promise<void> {
      await database.query(
        `UPDATE devices SET last_seen_at = $3, clock_skew_ms = $4 WHERE id = $2 AND organization_id = $1`,
        [organizationId, deviceId, at, withinInt(clockSkewMs)],
      )
    },
  }
}

const numbersSql = `
SELECT device.id, device.last_seq AS "lastSeq", coalesce(gaps.numbers, 0)::int AS "missingCount",
  coalesce(gaps.first, '[]') AS missing
FROM devices device, LATERAL (
  SELECT sum(upper(gap) - lower(gap)) AS numbers,
    json_agg(json_build_object('from', lower(gap), 'to', upper(gap) - 1) ORDER BY gap)
      FILTER (WHERE place <= ${MAXIMUM_RANGES}) AS first
  FROM unnest(int4multirange(int4range(1, device.last_seq + 1)) - device.seqs) WITH ORDINALITY AS missing (gap, place)
) AS gaps
WHERE device.organization_id = $1 AND device.id = ANY ($2)`

/** A device's clock may be set to any year. */
function withinInt(clockSkewMs: number): number {
  return Math.max(-LARGEST_INT, Math.min(LARGEST_INT, clockSkewMs))
}
