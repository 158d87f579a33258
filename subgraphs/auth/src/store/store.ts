import type { Database } from '@headcount/database'
import type { Outbox } from '@headcount/service'
import { PrismaClient } from '../generated/prisma/client.ts'
import { type AccountStore, createAccountStore } from './accounts.ts'
import { createDeviceStore, type DeviceStore } from './devices.ts'
import { createEnrolmentStore, type EnrolmentStore } from './enrolments.ts'
import { createSessionStore, type SessionStore } from './sessions.ts'
import { createSignInFailureStore, type SignInFailureStore } from './sign-in-failures.ts'
import { createSigningKeyStore, type SigningKeyStore } from './signing-keys.ts'

/** The database of auth. */
export interface Store {
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly devices: DeviceStore
  readonly enrolments: EnrolmentStore
  readonly signInFailures: SignInFailureStore
  readonly signingKeys: SigningKeyStore
  /** Deletes what time has made useless: lapsed sessions and invitations, forgotten failures. */
  removeLapsed(now: Date): Promise<void>
}

/** Opens the store on a database. */
export function createStore(database: Database, outbox: Outbox): Store {
  const prisma = new PrismaClient({ adapter: database.adapter })
  return {
    accounts: createAccountStore(prisma, outbox),
    sessions: createSessionStore(database),
    devices: createDeviceStore(prisma, outbox),
    enrolments: createEnrolmentStore(prisma, outbox),
    signInFailures: createSignInFailureStore(database),
    signingKeys: createSigningKeyStore(database),
    async removeLapsed(now) {
      await database.query('DELETE FROM sign_in_failures WHERE paid_off_at <= $1', [now])
      await database.query('DELETE FROM sessions WHERE expires_at <= $1', [now])
      // A used or lapsed invitation still says what became of it for a week.
      await database.query(`DELETE FROM enrolments WHERE expires_at <= $1::timestamptz - interval '7 days'`, [
        now,
      ])
    },
  }
}
