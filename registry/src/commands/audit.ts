import type { AuditEntry, Page } from '@headcount/registry-api'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'
import { registryOption, requiredRegistryHelp, requireRegistry } from './registry-option.ts'

const help = `Usage: headcount registry audit [--limit N] [options]

Lists who did what, the latest first: publishes and refusals, rollbacks, contracts, documents, tokens.

  --limit N        how many, 1 to 200; default 50
${requiredRegistryHelp}

Exit code: 0 listed; 2 could not run.
`

export const auditCommand: Command = {
  help,
  options: { ...registryOption, limit: { type: 'string', default: '50' } },
  run: runAudit,
}

async function runAudit({ limit, ...values }: OptionValues, terminal: Terminal): Promise<number> {
  if (!/^[1-9]\d{0,2}$/.test(String(limit)) || Number(limit) > 200) {
    throw new UsageError(`--limit is ${JSON.stringify(limit)}; it takes a number from 1 to 200`)
  }
  const { items } = await requireRegistry(values, terminal).get<Page<AuditEntry>>(`/audit?limit=${limit}`)
  for (const { at, by, action, subject } of items) terminal.out(`${at}  ${action}  ${subject}  by ${by}`)
  return 0
}
