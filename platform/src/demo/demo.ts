import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Platform } from '../platform.ts'
import type { Progress } from '../progress.ts'
import { demoEmails, makeAccounts } from './accounts.ts'
import { registerAttendee } from './attendee.ts'
import { type DemoState, demoFiles } from './demo-state.ts'
import { closeEdition, type OpenEdition, openEdition, playEdition, type Stage } from './edition.ts'
import { createGraphClient } from './graph-client.ts'
import { createOrganiser } from './load-event.ts'
import { loadRival } from './rival.ts'
import { signIn } from './session.ts'

/** How the demo runs. */
export interface DemoOptions {
  readonly platform: Platform
  readonly dataDirectory: string
  /** Certificate of the authority that the platform's own is signed by. */
  readonly authority: string | undefined
  /** Password of all accounts; undefined = the one that the first start made. */
  readonly password: string | undefined
  /** Whether people arrive; false leaves the loaded demo still. */
  readonly isSimulated: boolean
  readonly progress: Progress
}

/** The demo as it runs. */
export interface Demo {
  readonly emails: readonly string[]
  readonly password: string
  /** Ends the arrivals and waits until nothing of them runs any more. */
  stop(): Promise<void>
}

const pauseBetweenEditionsMs = 20_000

/** Makes accounts at once, then loads the event and lets its people arrive, in the background. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { platform, progress } = options
  const files = demoFiles(options.dataDirectory)
  const state: DemoState = files.read() ?? {
    edition: 1,
    isLoaded: false,
    password: randomBytes(9).toString('base64url'),
    devices: {},
  }
  files.write(state)
  const password = options.password ?? state.password
  const organizations = await makeAccounts(platform.environment.DATABASE_URL_AUTH ?? '', password)
  const client = createGraphClient(platform.url, options.authority)
  const ending = new AbortController()
  const { signal } = ending
  const run = async () => {
    const registryToken = platform.environment.HEADCOUNT_REGISTRY_TOKEN ?? ''
    await client.publish(registryToken, signal).catch((error: unknown) => {
      platform.log.warn({ err: error }, "the demo's operations could not be published")
    })
    const session = await signIn(client, { email: 'organiser@demo.headcount.test', password }, signal)
    const organiser = createOrganiser(client, session, signal)
    const organizationId = organizations.demo ?? ''
    const stage: Stage = {
      client,
      organiser,
      organizationId,
      files,
      state,
      progress,
      log: platform.log,
      signal,
    }
    await playEditions(stage, options.isSimulated, async ({ eventId, ground }) => {
      const ticketTypeId = ground.ticketTypeIds[0] ?? ''
      await registerAttendee(client, { password, eventId, ticketTypeId }, signal)
      await loadRival({ client, password, organizationId: organizations.rival ?? '', signal })
    })
  }
  const running = run().catch((error: unknown) => {
    if (signal.aborted) return
    platform.log.error({ err: error }, 'the demo has stopped')
    progress.done(`Demo stopped: ${error instanceof Error ? error.message : String(error)}`)
  })
  return {
    emails: demoEmails,
    password,
    async stop() {
      ending.abort()
      await running
      await client.close()
    },
  }
}

/** One edition after the other; `afterLoad` runs beside the arrivals of each. */
async function playEditions(
  stage: Stage,
  isSimulated: boolean,
  afterLoad: (edition: OpenEdition) => Promise<void>,
): Promise<void> {
  for (;;) {
    const edition = await openEdition(stage)
    const ready = edition.loaded.then(() => afterLoad(edition))
    await Promise.all([ready, isSimulated && playEdition(stage, edition)])
    if (!isSimulated) return
    await sleep(pauseBetweenEditionsMs, undefined, { signal: stage.signal })
    await closeEdition(stage)
  }
}
