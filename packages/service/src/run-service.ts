import type { Settings } from '@headcount/config'
import { redisTopics } from '@headcount/live'
import { natsBus } from '@headcount/messaging'
import { type Logger, pino } from 'pino'
import { createAsk, type Placement } from './ask.ts'
import { listen } from './listen.ts'
import type { Parts, Service } from './service.ts'
import type { commonSettings } from './settings.ts'

type CommonSettings = Settings<typeof commonSettings>

/** What {@link runService} needs. */
export interface RunOptions {
  /** Name of the service. */
  readonly name: string
  /** Its settings, the common ones among them. */
  readonly settings: CommonSettings
  /** Makes it of its parts. */
  readonly create: (parts: Parts) => Promise<Service>
}

const DRAIN_MS = 15_000
// Of these, what answers that are under way may take, their readers too.
const ANSWERS_MS = 8_000

/**
 * Runs one service in this process until SIGTERM, SIGINT or the end of its starter: connects the queue and pub/sub, listens, and on the signal
 * stops taking requests, finishes what is under way and leaves with 0.
 */
export async function runService({ name, settings, create }: RunOptions): Promise<void> {
  const log = pino({ level: settings.logLevel }).child({ service: name })
  const bus = await natsBus({ url: settings.natsUrl, log })
  const topics = redisTopics({ url: settings.redisUrl, pubsub: settings.redisPubSub, log })
  const { viewerSecret } = settings
  const ask = createAsk({ from: name, placements: placementsOf(settings), viewerSecret })
  const service = await create({ log, bus, topics, ask, viewerSecret, now: () => new Date() })
  await service.subscribe()
  await service.start()
  const listening = await listen(service.handle, settings)
  log.info({ port: listening.port }, 'listening')
  await untilSignal(log)
  // First of all: what is under way still needs the database.
  await listening.stop(ANSWERS_MS)
  await service.stop()
  await Promise.all([bus.close(), topics.close()])
  if (process.connected) process.disconnect()
}

function placementsOf(settings: CommonSettings): Map<string, Placement> {
  const urls = {
    auth: settings.authUrl,
    events: settings.eventsUrl,
    participants: settings.participantsUrl,
    gates: settings.gatesUrl,
    analytics: settings.analyticsUrl,
  }
  const placements = new Map<string, Placement>()
  for (const [service, url] of Object.entries(urls)) {
    if (url !== undefined) placements.set(service, { url })
  }
  return placements
}

/**
 * Resolves at the first SIGTERM or SIGINT, or when the process that started this one is gone (its channel closes). The
 * process ends by itself when draining takes longer than 15 s.
 */
function untilSignal(log: Logger): Promise<void> {
  return new Promise((resolve) => {
    const drain = (reason: string = 'the platform is gone') => {
      log.info({ reason }, 'draining')
      setTimeout(() => process.exit(1), DRAIN_MS).unref()
      resolve()
    }
    process.once('SIGTERM', drain)
    process.once('SIGINT', drain)
    process.once('disconnect', () => drain())
  })
}
