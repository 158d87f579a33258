import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A lane's scanner, as it is kept between two starts. */
export interface KeptDevice {
  readonly deviceId: string
  refreshToken: string
  /** Attempts of the lane that were made before this device was enrolled: their numbers were another's. */
  readonly skipped: number
}

/** What the demo keeps between two starts; everything else is in the platform. */
export interface DemoState {
  /** Counts the editions of the event, from 1. */
  edition: number
  /** The edition's event; undefined until it is made. */
  eventId?: string | undefined
  /** When its doors opened, RFC 3339. */
  doorsOpenAt?: string | undefined
  /** Whether its registrations are all there. */
  isLoaded: boolean
  /** Password of the accounts where the environment names none. */
  password: string
  /** Scanner of each lane: `<gate>/<lane>` → device. */
  devices: Record<string, KeptDevice>
}

/** Where the demo keeps its state. */
export interface DemoFiles {
  read(): DemoState | undefined
  write(state: DemoState): void
  /** The ticket codes of an edition, by person; undefined until they are there. */
  readCodes(edition: number): string[] | undefined
  writeCodes(edition: number, codes: readonly string[]): void
}

/** The demo's files below the data directory. */
export function demoFiles(dataDirectory: string): DemoFiles {
  const folder = join(dataDirectory, 'demo')
  mkdirSync(folder, { recursive: true })
  const stateFile = join(folder, 'state.json')
  const codesFile = (edition: number) => join(folder, `codes-${edition}.txt`)
  const write = (file: string, text: string) => {
    // Renamed into place: a kill in the middle leaves the old file whole.
    writeFileSync(`${file}.new`, text, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return {
    read: () => (existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : undefined),
    write: (state) => write(stateFile, JSON.stringify(state)),
    readCodes: (edition) =>
      existsSync(codesFile(edition)) ? readFileSync(codesFile(edition), 'utf8').split('\n') : undefined,
    writeCodes: (edition, codes) => write(codesFile(edition), codes.join('\n')),
  }
}
