import type { Ask, Parts } from '@headcount/service'

const QUESTION = `query ($representations: [_Any!]!, $deviceId: ID!) { _entities(representations: $representations) {
  ... on Credential { scannedJustNowBy(deviceId: $deviceId) } } }`

/** Which device, of which tenant. */
export interface Scanner {
  readonly organizationId: string
  readonly deviceId: string
}

/**
 * Asks gates, once for all, whether a device has scanned tickets within the last 60 s. Where gates does not answer it
 * has not: a name that cannot be checked is not shown.
 */
export async function askScannedJustNow(
  { ask, log }: { ask: Ask; log: Parts['log'] },
  { organizationId, deviceId }: Scanner,
  ticketIds: readonly string[],
): Promise<boolean[]> {
  const representations = ticketIds.map((id) => ({ __typename: 'Credential', id }))
  try {
    const { _entities } = await ask<{ _entities: ({ scannedJustNowBy: boolean | null } | null)[] }>({
      service: 'gates',
      organizationId,
      query: QUESTION,
      variables: { representations, deviceId },
    })
    return ticketIds.map((_, index) => _entities[index]?.scannedJustNowBy === true)
  } catch (error) {
    log.warn({ err: error }, 'gates did not say what was scanned; names stay hidden')
    return ticketIds.map(() => false)
  }
}
