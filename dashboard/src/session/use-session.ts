import { useSyncExternalStore } from 'react'
import { useParts } from '../page/parts.ts'
import type { SessionState } from './session.ts'

export function useSession(): SessionState {
  const { session } = useParts()
  return useSyncExternalStore(session.subscribe, session.state)
}
