import type { AskManifest } from '@headcount/scanner'
import { OfflineManifestDocument } from '../../generated/graphql.ts'
import type { Ask } from '../../graph/ask.ts'

const PAGE_TICKETS = 2000
const DEADLINE_MS = 15_000

/** Asks for pages of the manifest; rejects, with the reason, where none came. */
export function createAskManifest(ask: Ask): AskManifest {
  return async (since) => {
    const variables = { since, first: PAGE_TICKETS }
    const { data, problems } = await ask(OfflineManifestDocument, variables, { deadlineMs: DEADLINE_MS })
    const page = data?.offlineManifest
    if (!page) throw new Error(problems[0]?.message ?? 'The list of tickets was not sent.')
    const tickets = page.tickets.map((ticket) => ({
      ...ticket,
      pendingReason: ticket.pendingReason ?? null,
      validUntil: ticket.validUntil ?? null,
    }))
    return { ...page, tickets }
  }
}
