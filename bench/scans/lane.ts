/** A scanner and what it scans: its device, its gate, and tickets that nobody else has. */
export interface Lane {
  readonly accessToken: string
  readonly eventId: string
  readonly gateId: string
  readonly codes: readonly string[]
}

/** Lanes that are measured together, and the events that they stand at. */
export interface Crowd {
  readonly lanes: readonly Lane[]
  readonly eventIds: readonly string[]
}
