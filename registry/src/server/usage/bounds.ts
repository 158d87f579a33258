/** What is kept of usage at most, so that clients cannot fill the database by names and texts that they make up. */
export const usageBounds = {
  /** Distinct operations; requests of more are counted as uncounted. */
  operations: 20_000,
  /** Their texts together, in bytes: a check reads all of them. */
  textBytes: 64 * 1_048_576,
  /** Pairs of an operation and a client; requests of more count for the client `(others)`. */
  clients: 200_000,
  /** Coordinates of one operation or of the variables of one. */
  coordinates: 5_000,
} as const

/** The client that stands for those who found no room of their own. */
export const otherClients = { name: '(others)', version: '' } as const

/** How long usage is kept unless the registry is told otherwise, in days. */
export const defaultRetentionDays = 90

/** After how many days the hours of a day are merged into one. */
export const hoursKeptDays = 3

export const hourMinutes = 60
export const dayMinutes = 1_440
export const dayMs = 86_400_000
export const hourMs = 3_600_000
