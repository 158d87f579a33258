import { type CreatedToken, registryScopes, type TokenSummary } from '@headcount/registry-api'
import { type Command, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'
import { wordList } from './word-list.ts'

const scopeList = Object.entries(registryScopes)
  .map(([name, meaning]) => `    ${name.padEnd(18)} ${meaning}`)
  .join('\n')

const createHelp = `Usage: headcount registry token create --name NAME --scope SCOPES [--expires TIME] [options]

Makes a token and prints it: the only time that it is shown. It is kept as a hash.

  --name NAME      for people: ci, gateway-eu
  --scope SCOPES   what it is good for, separated by commas:
${scopeList}
  --expires TIME   2027-01-31, or a time with an offset; default: it does not end by itself
${requiredRegistryHelp}

Exit code: 0 made; 2 could not run.

Examples
  headcount registry token create --name ci --scope schema:check,schema:publish
  headcount registry token create --name gateway-eu --scope schema:read,usage:write
`

const listHelp = `Usage: headcount registry token list [options]

Lists the tokens: what they are good for, when they were last used, which are revoked.

${requiredRegistryHelp}

Exit code: 0 listed; 2 could not run.
`

const revokeHelp = `Usage: headcount registry token revoke --name NAME [options]

Ends a token at once.

  --name NAME      its name, or its id
${requiredRegistryHelp}

Exit code: 0 revoked; 2 could not run.
`

export const tokenCreateCommand: Command = {
  help: createHelp,
  options: {
    ...registryOption,
    name: { type: 'string' },
    scope: { type: 'string' },
    expires: { type: 'string' },
  },
  async run({ name, scope, expires, ...values }, terminal) {
    if (!name) throw new UsageError('What is the token called? Say it with --name')
    const scopes = wordList(scope)
    if (scopes.length === 0) throw new UsageError('What is the token good for? Say it with --scope')
    const token = await requireRegistry(values, terminal).post<CreatedToken>('/tokens', {
      name,
      scopes,
      expiresAt: expires,
    })
    terminal.err(`Token ${token.name} (${token.scopes.join(', ')}); it is shown this once:`)
    terminal.out(token.secret)
    return 0
  },
}

export const tokenListCommand: Command = {
  help: listHelp,
  options: registryOption,
  async run(values, terminal) {
    const tokens = await requireRegistry(values, terminal).get<TokenSummary[]>('/tokens')
    terminal.out(tokens.map(lineOf).join('\n') || 'There is no token but that of the configuration')
    return 0
  },
}

export const tokenRevokeCommand: Command = {
  help: revokeHelp,
  options: { ...registryOption, name: { type: 'string' } },
  async run({ name, ...values }, terminal) {
    if (!name) throw new UsageError('Which token? Name it with --name')
    const registry = requireRegistry(values, terminal)
    const tokens = await registry.get<TokenSummary[]>('/tokens')
    const token = tokens.find((one) => one.name === name || one.id === name)
    if (!token) {
      const names = tokens.map((one) => one.name).join(', ') || 'none'
      throw new UsageError(`There is no token '${String(name)}'; there are: ${names}`)
    }
    await registry.post(`/tokens/${token.id}/revoke`, {}, { isIdempotent: true })
    terminal.out(`Token ${token.name} is revoked`)
    return 0
  },
}

function lineOf({ name, scopes, lastUsedAt, expiresAt, revokedAt }: TokenSummary): string {
  const use = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.slice(0, 16).replace('T', ' ')}`
  const end = expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`
  return `${name.padEnd(20)} ${scopes.join(',')}  ${revokedAt === null ? `${use}${end}` : `revoked ${revokedAt.slice(0, 10)}`}`
}
