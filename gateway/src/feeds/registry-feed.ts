import type { Logger } from 'pino'
import { Agent } from 'undici'
import type { RegistrySource } from '../options.ts'
import { whyFailed } from '../supergraph/why-failed.ts'
import { askRegistry, type Question, type RegistryText } from './ask-registry.ts'
import type { Feed } from './feed.ts'
import { type Asking, type KeepAskingOptions, keepAsking } from './keep-asking.ts'
import { type KeptCopy, keptCopy } from './kept-copy.ts'
import { shownAddress } from './registry-address.ts'

/** How long a registry is let wait for something new, in milliseconds: below the 30 s at which many proxies cut off. */
const defaultWaitMs = 25_000
/** How often a registry that does not wait is asked, in milliseconds; what has not changed costs it a line. */
const defaultIntervalMs = 2_000
/** How long a start waits for the registry where there is a copy, in milliseconds. */
const defaultStartTimeoutMs = 3_000
/** Longest time for an answer to begin that need not wait, and for all of it to come, in milliseconds. */
const answerDeadlineMs = 10_000
/** How soon a silent connection is looked after, in milliseconds: its other end may have gone without a word. */
const keepAliveInitialDelayMs = 10_000

/** What is asked for, and what is made of it. */
export interface RegistryFeedOptions<T extends object> {
  readonly source: RegistrySource
  readonly address: URL
  /** What its copy on disk stands under. */
  readonly base: string
  /** Name of the copy's file. */
  readonly fileName: string
  /** What it is, in words, after "gave no". */
  readonly what: string
  readonly accept: string
  readonly types: readonly string[]
  /** Largest answer that is read, in bytes. */
  readonly limitBytes: number
  /** Makes the value of a text. @throws Error as the end of a sentence when it is none */
  readonly read: (text: RegistryText) => T
  readonly messages: KeepAskingOptions<T>['messages'] & { readonly fromCopy: string }
  readonly log: Logger
}

/** A feed that outlives its registry: by a copy on disk. */
export interface RegistryFeed<T> extends Feed<T> {
  /** Whether the registry answered when it was last asked. */
  readonly isAnswered: boolean
  /** What is kept on disk, where `first` gave something else. */
  readonly lastKept: T | undefined
  /** Keeps a value of the feed for the next start. */
  keep(value: T): void
}

interface Parts<T extends object> {
  readonly options: RegistryFeedOptions<T>
  readonly ask: (question: Omit<Question, 'signal'>, signal: AbortSignal) => Promise<RegistryText | undefined>
  /** The value of a text. @throws Error as the end of a sentence */
  readonly toValue: (text: RegistryText) => T
  readonly failed: (cause: unknown) => Error
}

interface Kept<T> {
  readonly text: RegistryText
  readonly value: T
}

/** What a feed begins with. */
interface Beginning<T> extends Kept<T> {
  /** What is kept on disk, where that is something else. */
  readonly lastKept?: T | undefined
  /** Why it is what is kept. */
  readonly trouble?: unknown
}

/** A copy that this gateway can't read any more is none. */
async function readKept<T extends object>(
  { toValue, options }: Parts<T>,
  copy: KeptCopy | undefined,
): Promise<Kept<T> | undefined> {
  const text = await copy?.read()
  try {
    return text && { text, value: toValue(text) }
  } catch (error) {
    options.log.error({ err: error, file: copy?.file }, 'the copy on disk cannot be used')
    return undefined
  }
}

async function begin<T extends object>(
  { ask, toValue, failed, options }: Parts<T>,
  kept: Kept<T> | undefined,
): Promise<Beginning<T>> {
  const { startTimeoutMs = defaultStartTimeoutMs } = options.source
  // With a copy all of it within one time: a start must not hang between the answer's head and its body.
  const signal = kept ? AbortSignal.timeout(startTimeoutMs) : new AbortController().signal
  try {
    const given = await ask({ known: kept?.text, waitMs: 0, deadlineMs: answerDeadlineMs }, signal)
    if (given) return { text: given, value: toValue(given), lastKept: kept?.value }
    if (!kept) throw new Error('it answered that nothing is new, to one who has nothing')
    return kept
  } catch (cause) {
    const trouble = failed(cause)
    if (!kept) throw trouble
    const { version, receivedAtMs } = kept.text
    const receivedAt = new Date(receivedAtMs).toISOString()
    options.log.warn({ err: trouble, receivedAt, version }, options.messages.fromCopy)
    return { ...kept, trouble }
  }
}

function watchRegistry<T extends object>(
  { options, ask, toValue, failed }: Parts<T>,
  { text, trouble }: Beginning<T>,
  onNews: (news: T) => void,
): Asking {
  const { pollIntervalMs = defaultIntervalMs, waitMs = defaultWaitMs } = options.source
  let last = text
  let doubted: RegistryText | undefined
  const canWait = () => last.etag !== undefined && waitMs > 0
  /** Of several processes of a registry one may be behind: an older version counts when it is said again after a pause. */
  const isDoubtful = (given: RegistryText) => {
    const isOlder = given.version !== undefined && last.version !== undefined && given.version < last.version
    const isNew = isOlder && given.text !== doubted?.text
    doubted = isNew ? given : undefined
    return isNew
  }
  return keepAsking<T>({
    ...options,
    trouble,
    canWait: canWait(),
    intervalMs: pollIntervalMs,
    onNews,
    async ask(signal, waits) {
      try {
        const question = { known: last, waitMs: waits ? waitMs : 0, deadlineMs: answerDeadlineMs }
        const given = (await ask(question, signal)) ?? last
        if (isDoubtful(given)) return { news: undefined, canWait: false }
        const news = given.text === last.text ? undefined : toValue(given)
        last = given
        return { news, canWait: canWait() }
      } catch (cause) {
        throw failed(cause)
      }
    },
  })
}

function partsOf<T extends object>(
  options: RegistryFeedOptions<T>,
  texts: WeakMap<T, RegistryText>,
  agent: Agent,
) {
  const { address, what, accept, types, limitBytes, source } = options
  const resource = { address, token: source.token, accept, types, limitBytes, dispatcher: agent }
  return {
    options,
    ask: (question, signal) => askRegistry(resource, { ...question, signal }),
    toValue(text) {
      const value = options.read(text)
      texts.set(value, text)
      return value
    },
    failed: (cause) =>
      new Error(`The registry at ${shownAddress(address)} gave no ${what}: ${whyFailed(cause)}.`, { cause }),
  } satisfies Parts<T>
}

/** Makes a feed of what a registry publishes at one address. */
export function registryFeed<T extends object>(options: RegistryFeedOptions<T>): RegistryFeed<T> {
  const { source, address, base, fileName: name, log } = options
  const agent = new Agent({
    connections: 1,
    connect: { keepAlive: true, keepAliveInitialDelay: keepAliveInitialDelayMs },
  })
  const texts = new WeakMap<T, RegistryText>()
  const parts: Parts<T> = partsOf(options, texts, agent)
  const copy = keptCopy({
    directory: source.copyDirectory,
    base,
    address: shownAddress(address),
    name,
    log,
  })
  const listeners = new Set<(next: T) => void>()
  let beginning: Beginning<T> | undefined
  let asking: Asking | undefined
  let stopHearing: (() => void) | undefined
  const end = () => {
    stopHearing?.()
    asking?.close()
    void agent.destroy()
  }
  return {
    async first() {
      try {
        beginning = await begin(parts, await readKept(parts, copy))
        return beginning.value
      } catch (error) {
        end()
        throw error
      }
    },
    watch(listener) {
      if (!beginning) throw new Error('A feed is watched after its first value.')
      listeners.add(listener)
      asking ??= watchRegistry(parts, beginning, (news) => {
        for (const each of listeners) each(news)
      })
      stopHearing ??= source.onAnnounced?.(() => asking?.wake())
      return () => listeners.delete(listener)
    },
    get isAnswered() {
      return asking ? asking.isAnswered : beginning !== undefined && beginning.trouble === undefined
    },
    get lastKept() {
      return beginning?.lastKept
    },
    keep(value) {
      const text = texts.get(value)
      if (text) void copy?.keep(text)
    },
    close: end,
  }
}
