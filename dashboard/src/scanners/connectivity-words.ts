import type { DeviceConnectivity } from '../generated/graphql.ts'
import type { StateWords } from '../words/states.ts'
import type { ListedScanner } from './use-scanners.ts'

const CONNECTIVITY: Readonly<Record<DeviceConnectivity, StateWords>> = {
  ONLINE: { text: 'Online', tone: 'good' },
  CATCHING_UP: { text: 'Catching up', tone: 'warning' },
  STALE: { text: 'Not heard for a minute', tone: 'warning' },
  OFFLINE: { text: 'Offline', tone: 'quiet' },
}

/** How a scanner is: taken out of service comes before everything else. */
export function connectivityWords({
  credentialStatus,
  connectivity,
}: Pick<ListedScanner, 'credentialStatus' | 'connectivity'>): StateWords {
  return credentialStatus === 'REVOKED'
    ? { text: 'Out of service', tone: 'alarm' }
    : CONNECTIVITY[connectivity]
}
