import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startValkey } from '@headcount/servers'
import type { Ground } from '../processes/run-bench.ts'
import { startChild } from '../processes/start-child.ts'
import { subscriptionText } from './graph.ts'
import { eventId } from './message.ts'
import { buildPrograms, type Programs } from './programs.ts'
import type { Published, Publishing, SourceSetting } from './source.ts'
import type { Place } from './start.ts'
import { sharesOf, type Transport } from './subscribers.ts'
import { createSigner } from './tokens.ts'

/** What all runs share: Redis, the source, the programs in C, and tokens. */
export interface Stage {
  readonly place: Place
  /** Publishes changes of the first events. */
  publish(what: Publishing): Promise<Published>
  readonly programs: Programs
  /** A token of somebody who does not subscribe. */
  readonly token: string
  /** Files with different tokens for so many subscribers, one for each process of the load. */
  tokensFiles(count: number, processes: number): readonly string[]
  /** The file of the payload that subscribes. */
  payloadFile(minIntervalMs: number): string
}

/** Starts what all runs share. The prefix stands before the command of what is measured. */
export async function openStage(
  { folder, atEnd }: Ground,
  how: { readonly transport: Transport; readonly prefix: readonly string[] },
): Promise<Stage> {
  const programs = buildPrograms(folder)
  const signer = createSigner()
  const redis = await startValkey({ directory: join(folder, 'redis') })
  atEnd(() => redis.stop())
  const source = startChild(new URL('source.ts', import.meta.url))
  atEnd(() => source.stop())
  const setting: SourceSetting = { redisUrl: redis.url, jwks: signer.jwks }
  const sourceUrl = await source.ask<string>('listen', setting)
  const tokens: string[] = []
  return {
    place: { ...how, folder, redisUrl: redis.url, sourceUrl, issuer: signer.issuer },
    publish: (what) => source.ask<Published>('publish', what),
    programs,
    token: signer.token(0),
    tokensFiles(count, processes) {
      while (tokens.length < count) tokens.push(signer.token(tokens.length + 1))
      const lines = tokens.map((token) => `${token}\n`)
      return sharesOf(count, processes).map((share, index) => {
        const file = join(folder, `tokens-${index}`)
        writeFileSync(file, lines.splice(0, share).join(''))
        return file
      })
    },
    payloadFile(minIntervalMs) {
      const file = join(folder, 'payload.json')
      const variables = { eventId: eventId('@'), minIntervalMs }
      writeFileSync(file, JSON.stringify({ query: subscriptionText, variables }))
      return file
    },
  }
}
