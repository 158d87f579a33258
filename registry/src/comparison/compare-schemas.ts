import { type Change, CriticalityLevel, DiffRule, diff } from '@graphql-inspector/core'
import type { GraphQLSchema } from 'graphql'
import type { ChangeLevel } from './schema-change.ts'

/** A difference as the inspector classifies it, before anybody knows whose it is. */
export interface RawChange {
  level: ChangeLevel
  code: string
  coordinate?: string
  message: string
  reason?: string
}

const levels: Record<CriticalityLevel, ChangeLevel> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
}

/** All differences from `base` to `head`; what lies inside a new type is told by the new type alone. */
export async function compareSchemas(base: GraphQLSchema, head: GraphQLSchema): Promise<RawChange[]> {
  const changes: Change[] = await diff(base, head, [DiffRule.simplifyChanges])
  return changes.map(({ type, path, message, criticality: { level, reason } }) => ({
    level: levels[level],
    code: String(type),
    message,
    ...(path !== undefined && { coordinate: path }),
    ...(reason !== undefined && { reason }),
  }))
}
