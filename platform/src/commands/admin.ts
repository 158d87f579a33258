import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { openAccounts } from '@headcount/auth'
import { pino } from 'pino'
import { migrateDatabases, startDatabases } from '../databases.ts'
import { completeEnvironment } from '../environment.ts'
import { silentProgress } from '../progress.ts'
import { readSecrets } from '../secrets.ts'
import { type Command, readOptions, type Terminal, UsageError } from './command.ts'

const help = `Usage: headcount admin create --organization SLUG --email ADDRESS [options]

Makes an organization's first account, with the role ADMIN; the organization too, where
there is none of that slug. An account that is there already stays as it is.

Works on the databases alone. With the embedded ones the platform must be stopped; with
DATABASE_URL_… set it may run.

Options
  --organization SLUG    the organization, in a–z, 0–9 and hyphens
  --name NAME            its name for people (default: the slug)
  --email ADDRESS        the account
  --operator             with the role OPERATOR too: reads the registry, which shows how all tenants' apps
                         use the graph
  --password WORD        8 to 256 characters; left out = one is made and printed
  --data DIR             where data are kept (default .headcount)
`

const options = {
  organization: { type: 'string' },
  name: { type: 'string' },
  email: { type: 'string' },
  operator: { type: 'boolean', default: false },
  password: { type: 'string' },
  data: { type: 'string', default: '.headcount' },
} as const

/** `headcount admin create`. */
export const admin: Command = {
  help,
  async run([action, ...argv], terminal) {
    if (action !== 'create') throw new UsageError('Only `headcount admin create` is known; see --help.')
    const values = readOptions(argv, options)
    const { organization: slug, email, password = randomBytes(12).toString('base64url') } = values
    if (slug === undefined || email === undefined) {
      throw new UsageError('admin create needs --organization and --email; see --help.')
    }
    await withAuthDatabase(resolve(terminal.folder, values.data), terminal, async (databaseUrl) => {
      const accounts = openAccounts(databaseUrl)
      try {
        const { id } = await accounts.createOrganization({ slug, name: values.name ?? slug })
        const roles = values.operator ? (['ADMIN', 'OPERATOR'] as const) : (['ADMIN'] as const)
        const user = await accounts.createUser({ organizationId: id, email, password, roles })
        if (!user.isNew) terminal.out(`${email} is there already and stays as it is.`)
        else
          terminal.out(
            `Made ${email}, ${roles.join(' and ')} of ${slug}.${values.password ? '' : ` Password: ${password}`}`,
          )
      } finally {
        await accounts.close()
      }
    })
    return 0
  },
}

/** Runs work on auth's database; starts the embedded Postgres for it where the operator named none. */
async function withAuthDatabase(
  dataDirectory: string,
  { environment: given }: Terminal,
  work: (databaseUrl: string) => Promise<void>,
): Promise<void> {
  const log = pino({ level: 'silent' })
  const cluster = await startDatabases(given, { dataDirectory, log, progress: silentProgress })
  try {
    const environment = completeEnvironment(given, { secrets: readSecrets(dataDirectory), cluster })
    await migrateDatabases(environment, silentProgress)
    await work(environment.DATABASE_URL_AUTH ?? '')
  } finally {
    await cluster?.stop()
  }
}
