import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import type { RegistryText } from './ask-registry.ts'

/** Where copies are kept unless something else is said, below the current folder. */
const defaultDirectory = '.headcount/gateway'

/** What stands before the text, in its first line: a comment, so that a kept supergraph is one of GraphQL as it is. */
interface Head {
  /** Where it came from. */
  readonly registry: string
  readonly etag: string | null
  readonly version: number | null
  readonly receivedAtMs: number
  /** SHA-256 of the text, hexadecimal. */
  readonly sha256: string
}

/** The last good text of a registry, on disk. */
export interface KeptCopy {
  readonly file: string
  /** The text that was kept; undefined = none that can be used, and why has been told. */
  read(): Promise<RegistryText | undefined>
  /** Keeps a text, unless a later one of another process is there. What fails is told once, and nothing waits for it. */
  keep(text: RegistryText): Promise<void>
}

/** Where a copy is, and whose it is. */
export interface KeptCopyOptions {
  /** Folder of all copies; undefined = the default, `none` = no copy. */
  readonly directory: string | undefined
  /** What tells registries and contracts apart. */
  readonly base: string
  /** Address that the text comes from. */
  readonly address: string
  /** Name of the file. */
  readonly name: string
  readonly log: Logger
}

/** Of this process: gateways of one process keep copies of one registry too. */
let drafts = 0

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** @throws Error as the end of a sentence about the file */
function parse(content: string, address: string): RegistryText {
  const end = content.indexOf('\n')
  const text = content.slice(end + 1)
  let head: Partial<Head>
  try {
    head = JSON.parse(content.slice(0, end).replace(/^# /, ''))
  } catch {
    throw new Error('its first line is not what was written')
  }
  if (head?.registry !== address) throw new Error(`it is of ${head?.registry}, not of ${address}`)
  if (head.sha256 !== hashOf(text)) throw new Error('its text is not the one that was written')
  const { etag, version, receivedAtMs = 0 } = head
  return { text, etag: etag ?? undefined, version: version ?? undefined, receivedAtMs }
}

function print({ text, etag, version, receivedAtMs }: RegistryText, registry: string): string {
  const head: Head = {
    registry,
    etag: etag ?? null,
    version: version ?? null,
    receivedAtMs,
    sha256: hashOf(text),
  }
  return `# ${JSON.stringify(head)}\n${text}`
}

/** All or nothing, also through a loss of power. */
async function write(file: string, draft: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw error
  }
  const folder = await open(dirname(file))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Opens the copy of what a registry gives at an address; undefined = none is to be kept. */
export function keptCopy(options: KeptCopyOptions): KeptCopy | undefined {
  const { directory = defaultDirectory, base, address, name, log } = options
  if (directory === 'none') return undefined
  const file = join(directory, hashOf(base).slice(0, 12), name)
  const draft = `${file}.${process.pid}-${++drafts}.draft`
  let isWarned = false
  let queue: Promise<void> = Promise.resolve()
  const readHere = async () => parse(await readFile(file, 'utf8'), address)
  /** Of workers that share it one keeps it for all, and one that is behind must not put what is old over what is newer. */
  const isThere = async ({ text, etag, receivedAtMs }: RegistryText) => {
    const there = await readHere().catch(() => undefined)
    if (!there) return false
    const isNewer = there.receivedAtMs > receivedAtMs && there.receivedAtMs <= Date.now()
    return isNewer || (there.text === text && there.etag === etag)
  }
  const put = async (text: RegistryText) => {
    try {
      if (await isThere(text)) return
      await write(file, draft, print(text, address))
      isWarned = false
    } catch (error) {
      if (!isWarned) log.warn({ err: error, file }, 'no copy is kept on disk; a start needs the registry')
      isWarned = true
    }
  }
  return {
    file,
    async read() {
      try {
        return await readHere()
      } catch (error) {
        if (!isMissing(error)) log.error({ err: error, file }, 'the copy on disk cannot be used')
        return undefined
      }
    },
    keep(text) {
      queue = queue.then(() => put(text))
      return queue
    },
  }
}
