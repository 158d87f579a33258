import { openDatabase } from '@headcount/database'
import {
  createOutbox,
  createService,
  type Parts,
  type Route,
  type Service,
  sendJson,
} from '@headcount/service'
import type { JSONWebKeySet } from 'jose'
import type { AuthSettings } from './config.ts'
import { createContext, type Workshop } from './context.ts'
import { type Accounts, createAccounts } from './domain/accounts.ts'
import { createHousekeeping } from './domain/keep-house.ts'
import { createQueue } from './domain/queue.ts'
import { createSecrets } from './domain/secrets.ts'
import { openSigningKeys, type SigningKeys } from './domain/signing-keys.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { Device } from './resolvers/device.ts'
import { Mutation } from './resolvers/mutation.ts'
import { Organization } from './resolvers/organization.ts'
import { Query } from './resolvers/query.ts'
import { User } from './resolvers/user.ts'
import { createStore } from './store/store.ts'

const resolvers: Resolvers = { Query, Mutation, Organization, User, Device }
const MAXIMUM_WAITING_PASSWORDS = 200

/** The auth service, and what only its own process can ask it for. */
export interface Auth {
  readonly service: Service
  /** The public keys that verify access tokens. */
  jwks(): JSONWebKeySet
  /** Lets the next signing key take over now; tokens of the last one stay good until they end. */
  rotateSigningKey(): Promise<void>
  /** Makes tenants and accounts. */
  readonly accounts: Accounts
}

/** Makes the auth service. Its database must be migrated and within reach. */
export async function createAuth(settings: AuthSettings, parts: Parts): Promise<Auth> {
  const { databaseUrl: url, maxConnections, accessTokenSeconds, signingKeyDays: days } = settings
  const { log, ask, now } = parts
  const database = openDatabase({ url, maxConnections, log })
  const outbox = createOutbox(database)
  const store = createStore(database, outbox)
  const secrets = createSecrets(settings.authSecret)
  const keyOptions = { store: store.signingKeys, secrets, accessTokenSeconds, days, now }
  const keys = await openSigningKeys(keyOptions).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  const workshop: Workshop = {
    store,
    ask,
    issuer: { keys, secrets, accessTokenSeconds, now },
    queue: createQueue({ concurrency: settings.passwordChecks, maximumWaiting: MAXIMUM_WAITING_PASSWORDS }),
  }
  const service = createService({
    name: 'auth',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    database,
    outbox,
    parts,
    context: (base) => createContext(base, workshop),
    jobs: [createHousekeeping({ store, keys, now, log })],
    routes: { '/.well-known/jwks.json': answerKeys(keys) },
  })
  const accounts = createAccounts(store.accounts, now)
  return { service, accounts, jwks: () => keys.published(), rotateSigningKey: () => keys.rotate() }
}

/** Opens the accounts of a database without the service, for a command beside it; close it at the end. */
export function openAccounts(databaseUrl: string): Accounts & { close(): Promise<void> } {
  const database = openDatabase({ url: databaseUrl, maxConnections: 2 })
  // Nobody relays here: what is told waits in the outbox for the service, which polls it.
  const store = createStore(database, createOutbox(database))
  const accounts = createAccounts(store.accounts, () => new Date())
  return { ...accounts, close: () => database.close() }
}

function answerKeys(keys: SigningKeys): Route {
  return (req, res) => {
    if (req.method === 'GET' || req.method === 'HEAD') return sendJson(res, 200, keys.published())
    res.setHeader('allow', 'GET, HEAD')
    sendJson(res, 405, { message: 'The keys are read by GET.' })
  }
}
