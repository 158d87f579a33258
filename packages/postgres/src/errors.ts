/** Why the embedded Postgres could not be used. */
export type ClusterErrorCode =
  /** Another living process uses this data directory. */
  | 'OWNED'
  /** The data directory belongs to another user of this machine, or can't be written. */
  | 'FOREIGN_DIRECTORY'
  /** The data were written by another major version of Postgres. */
  | 'OTHER_VERSION'
  | 'DISK_FULL'
  | 'PORT_TAKEN'
  /** This operating system or processor has no embedded Postgres (musl, for one). */
  | 'UNSUPPORTED_PLATFORM'
  /** The server ended or stayed silent; the message carries the last line of its log. */
  | 'START_FAILED'

/** An error of the embedded Postgres. Its message is one line and says what would help. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError'
  readonly code: ClusterErrorCode

  constructor(code: ClusterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What always helps. */
export const OWN_POSTGRES = 'set the DATABASE_URL_* variables to a Postgres of your own'

const CAUSES: readonly { pattern: RegExp; code: ClusterErrorCode; hint: string }[] = [
  {
    pattern: /No space left on device|Disk quota exceeded/i,
    code: 'DISK_FULL',
    hint: 'the disk is full: free some space and start again',
  },
  {
    pattern: /Address already in use|could not create any TCP\/IP sockets/i,
    code: 'PORT_TAKEN',
    hint: 'its port was taken by another program',
  },
  {
    pattern: /database files are incompatible with server/i,
    code: 'OTHER_VERSION',
    hint: 'the data were written by another version of Postgres',
  },
  {
    pattern: /Permission denied|Operation not permitted|wrong ownership|Read-only file system/i,
    code: 'FOREIGN_DIRECTORY',
    hint: 'the data directory belongs to another user or cannot be written',
  },
  {
    pattern: /could not look up effective user ID/,
    code: 'UNSUPPORTED_PLATFORM',
    hint: `the user it runs as has no name on this system: add one to /etc/passwd, or ${OWN_POSTGRES}`,
  },
  {
    pattern: /GLIBC|error while loading shared libraries|cannot execute/i,
    code: 'UNSUPPORTED_PLATFORM',
    hint: `its programs do not run on this system: ${OWN_POSTGRES}`,
  },
]

// `2026-11-22 16:21:46.811 UTC [22993] ` before each line of the server's log.
const LOG_PREFIX = /^\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] /
const TOLD_LINES = 2

/** Turns what Postgres or initdb printed into one line with the reason in plain words. */
export function explainFailure(action: string, where: string, output: string): ClusterError {
  const lines = output
    .split('\n')
    .map((line) => line.trim().replace(LOG_PREFIX, ''))
    .filter((line) => line !== '')
  const fatal = lines.findLastIndex((line) => /FATAL|PANIC|error:/i.test(line))
  const end = fatal === -1 ? lines.length : fatal + 1
  const said = lines.slice(Math.max(0, end - TOLD_LINES), end).join('; ') || 'it said nothing'
  const cause = CAUSES.find(({ pattern }) => pattern.test(output))
  const reason = cause ? `${cause.hint} (${said})` : said
  return new ClusterError(
    cause?.code ?? 'START_FAILED',
    `Postgres could not ${action} in ${where}: ${reason}`,
  )
}

/** Turns a failed file operation on the data directory into a {@link ClusterError}; passes others through. */
export function explainFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const message = `The data directory ${path} belongs to another user or cannot be written: remove it, or choose another with --data`
    return new ClusterError('FOREIGN_DIRECTORY', message, { cause: error })
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `The disk of ${path} is full: free some space and start again`
    return new ClusterError('DISK_FULL', message, { cause: error })
  }
  return error
}
