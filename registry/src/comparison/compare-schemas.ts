import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import type { ChangeLevel } from '@headcount/registry-api'
import type { GraphQLSchema } from 'graphql'
import { leaveOutTold } from './leave-out-told.ts'

/** A difference as the inspector classifies it, before anybody knows whose it is. */
export interface RawChange {
  readonly level: ChangeLevel
  readonly code: string
  readonly coordinate?: string
  readonly message: string
  readonly reason?: string
  /** What the inspector knows beside the coordinate: of a union's member, the member. */
  readonly details: Readonly<Record<string, unknown>>
}

const levels: Record<CriticalityLevel, ChangeLevel> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
}

/** All differences from `base` to `head`; what lies inside a new element is told by the new element alone. */
export async function compareSchemas(base: GraphQLSchema, head: GraphQLSchema): Promise<RawChange[]> {
  const changes: Change[] = await diff(base, head)
  return leaveOutTold(changes.map(toRawChange))
}

function toRawChange({ type, path, message, meta, criticality: { level, reason } }: Change): RawChange {
  return {
    level: levels[level],
    code: String(type),
    message,
    details: meta as Readonly<Record<string, unknown>>,
    ...(path !== undefined && { coordinate: path }),
    ...(reason !== undefined && { reason }),
  }
}
