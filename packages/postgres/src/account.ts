import { accessSync, chmodSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The account of the operating system that the server runs as. */
export interface Account {
  uid: number
  gid: number
}

// Postgres refuses to run as root. This is `nobody` on every Linux; no account is created.
const NOBODY: Account = { uid: 65534, gid: 65534 }

/** The account to switch to when started by root; undefined for an ordinary user, who runs the server as himself. */
export function serverAccount(): Account | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined
}

/** Whether the account may enter this path, judged by the mode bits of it and of every folder above it. */
export function canEnter(path: string, account: Account): boolean {
  const existing = realpathSync(nearestExisting(path))
  for (let folder = existing; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
    if (((mode >> shift) & 0o1) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path))
}

/**
 * A folder of the machine for what an account other than root has to reach. `/var/tmp` is the last resort: it is
 * swept by age on many systems.
 */
export function systemDirectory(kind: 'cache' | 'lib'): string {
  for (const base of [`/var/${kind}`, '/var/tmp']) {
    const directory = join(base, 'headcount')
    try {
      // By chmod, since the umask would narrow what mkdir is told.
      if (mkdirSync(directory, { recursive: true })) chmodSync(directory, 0o755)
      accessSync(directory, constants.W_OK)
      if (statSync(directory).uid === 0 && canEnter(directory, NOBODY)) return directory
    } catch {
      // Absent or read-only here: the next one.
    }
  }
  throw new Error('Neither /var nor /var/tmp can hold the files of the embedded Postgres')
}
