import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'
import { type Alternatives, type Requirement, satisfies } from './requirements.ts'
import type { Viewer } from './viewer.ts'

function inWords(kind: 'scope' | 'policy', sets: Alternatives | undefined): string[] {
  return sets ? [`the ${kind} ${sets.map((set) => set.join(' and ')).join(', or ')}`] : []
}

/** The error that says why `coordinate` was not read: UNAUTHENTICATED without a token, else FORBIDDEN. */
export function refusal(
  viewer: Viewer | undefined,
  coordinate: string,
  requirement: Requirement,
): GraphQLError {
  if (!viewer)
    return fail(
      'UNAUTHENTICATED',
      `${coordinate} needs a token: sign in, and send it as "Authorization: Bearer …".`,
    )
  const { scopes, policies } = requirement
  // Scopes that are held are not what is missing.
  const missesScopes = !satisfies(viewer, { isAuthenticated: true, scopes, policies: undefined })
  const needed = [...inWords('scope', missesScopes ? scopes : undefined), ...inWords('policy', policies)]
  return fail('FORBIDDEN', `${coordinate} needs ${needed.join(', and ')}.`)
}
