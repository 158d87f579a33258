import type { Program } from '../../processes/start-program.ts'
import type { Transport } from '../subscribers.ts'

/** What a candidate is started with. */
export interface Ground {
  /** A folder for files of its own. */
  readonly folder: string
  readonly port: number
  readonly redisUrl: string
  /** Where the source answers snapshots, and shows its keys. */
  readonly sourceUrl: string
  readonly issuer: string
  readonly transport: Transport
}

/** The servers, in the order of the tables. */
export const candidateNames = ['ours', 'floor', 'ordinary', 'hive-router'] as const

/** A server of subscriptions. */
export interface Candidate {
  readonly name: (typeof candidateNames)[number]
  readonly title: string
  /** Whether a subscriber gets a first value before anything is published. */
  readonly hasFirstValue: boolean
  /** Whether it answers a query by HTTP: then it runs when it does; else when it takes connections. */
  readonly answersQueries: boolean
  /** The program behind it that it subscribes to; it runs beside the load. */
  readonly behind?: (ground: Ground) => Program
  /** The program that is measured. The address is of the program behind it. */
  readonly program: (ground: Ground, behindUrl: string) => Program
}
