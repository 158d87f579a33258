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
    pattern: /GLIBC|error while loading shared libraries|cannot execute/i,
    code: 'UNSUPPORTED_PLATFORM',
    hint: 'its programs do not run on this system; set the DATABASE_URL_* variables to a Postgres of your own',
  },
]

/** Turns what Postgres or initdb printed into one line with the reason in plain words. */
export function explainFailure(action: string, where: string, output: string): ClusterError {
  const lines = output.split('\n').map((line) => line.trim())
  const lastLine =
    lines.findLast((line) => /FATAL|PANIC|error:/i.test(line)) ?? lines.findLast((line) => line !== '') ?? ''
  const cause = CAUSES.find(({ pattern }) => pattern.test(output))
  const reason = cause ? `${cause.hint} (${lastLine})` : lastLine || 'it said nothing'
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
