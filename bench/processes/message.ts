/** A question to a child process. */
export interface Question {
  readonly id: number
  readonly name: string
  readonly argument: unknown
}

/** What it answers. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string }

/** What a process has used so far. */
export interface Usage {
  /** Time on a core, user and system, in microseconds. */
  readonly cpuMicros: number
  /** Resident memory in bytes. */
  readonly residentBytes: number
}
