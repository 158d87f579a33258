import { integer, type Settings, secret, url } from '@headcount/config'

/** The settings of auth; in a process of its own it has the common ones too. */
export const authSettings = {
  databaseUrl: url('DATABASE_URL_AUTH', { schemes: ['postgres', 'postgresql'], doc: 'Primary database.' }),
  maxConnections: integer('HEADCOUNT_AUTH_CONNECTIONS', {
    minimum: 1,
    maximum: 500,
    fallback: 10,
    doc: 'Largest number of connections to the database; requests beyond it wait.',
  }),
  authSecret: secret('HEADCOUNT_AUTH_SECRET', {
    doc: 'Seals the signing keys in the database and signs refresh tokens. With another one the service does not start on the same database.',
  }),
  accessTokenSeconds: integer('HEADCOUNT_ACCESS_TOKEN_SECONDS', {
    minimum: 1,
    maximum: 86_400,
    fallback: 900,
    doc: 'How long an access token is good, in seconds; also how long one outlives its session.',
  }),
  signingKeyDays: integer('HEADCOUNT_SIGNING_KEY_DAYS', {
    minimum: 1,
    maximum: 3_650,
    fallback: 90,
    doc: 'After how many days the next signing key takes over.',
  }),
  passwordChecks: integer('HEADCOUNT_PASSWORD_CHECKS', {
    minimum: 1,
    maximum: 64,
    fallback: 2,
    doc: 'How many passwords are checked at once, each with 19 MiB of memory and one core; more wait, beyond 200 they are refused.',
  }),
}

/** What `createAuth` needs. */
export type AuthSettings = Settings<typeof authSettings>
