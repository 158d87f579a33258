import type { Candidate } from './candidates/candidate.ts'
import type { QueryTimes } from './queries.ts'
import type { Received } from './taken.ts'

/** What is measured. */
export interface Setting {
  readonly subscribers: number
  readonly events: number
  readonly minIntervalMs: number
  /** Processes of the load. */
  readonly processes: number
  /** Changes a second of each event, one after the other. */
  readonly rates: readonly number[]
  readonly seconds: number
  /** Whether plain queries are asked meanwhile. */
  readonly isAsking: boolean
}

/** How long it took until all were there, and how much memory that took. */
export interface Arrival {
  readonly subscribedMs: number
  /** Until all had a first value; undefined where the server sends none. */
  readonly valuedMs: number | undefined
  readonly baseBytes: number
  readonly idleBytes: number
  /** Plain queries while all are connected and nothing is published. */
  readonly queries: QueryTimes | undefined
}

/** A moment of a load. */
export interface Moment {
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly residentBytes: number
}

/** What came of publishing at one rate. */
export interface Load {
  readonly rate: number
  /** Changes of each event. */
  readonly changes: number
  readonly received: Received
  /** Values that would come if none were merged or lost. */
  readonly expected: number
  /** Subscribers without the last value in the end. */
  readonly behind: number
  readonly cpuMicros: number
  /** Time on a core of the load. */
  readonly loadCpuMicros: number
  /** From the first change until the last value came, and no less than the changes take. */
  readonly wallMicros: number
  /** Most resident memory. */
  readonly residentBytes: number
  /** Shares of the time that the cores were not idle. */
  readonly ownCore: number
  readonly otherCore: number
  /** How late the publisher itself was, at most. */
  readonly publisherLateMs: number
  readonly moments: readonly Moment[]
  readonly queries: QueryTimes | undefined
}

/** One server, measured once. */
export interface Run {
  readonly candidate: Candidate
  readonly setting: Setting
  readonly arrival: Arrival
  readonly loads: readonly Load[]
}
