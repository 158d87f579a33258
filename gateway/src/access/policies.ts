import type { Viewer } from '@headcount/access'
import type { Need } from './rules.ts'

/** Says which of the policies hold for a viewer, beside those that its token grants. */
export type AskPolicies = (question: {
  readonly viewer: Viewer | undefined
  readonly policies: readonly string[]
}) => readonly string[] | Promise<readonly string[]>

const none: ReadonlySet<string> = new Set()

/** Every policy that an operation's needs name, each once; found when the operation is prepared. */
export function policiesOf(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ requirement }) => requirement.policies?.flat() ?? []))]
}

/**
 * Which of the policies hold for this request. They are asked about together and once, however many fields name them;
 * an operation that names none costs nothing. A policy that nobody speaks for does not hold.
 */
export function policiesHeld(options: {
  readonly policies: readonly string[]
  readonly viewer: Viewer | undefined
  readonly ask: AskPolicies | undefined
}): ReadonlySet<string> | Promise<ReadonlySet<string>> {
  const { policies, viewer, ask } = options
  if (policies.length === 0) return none
  const granted = viewer?.policies ?? []
  const open = policies.filter((policy) => !granted.includes(policy))
  if (!ask || open.length === 0) return new Set(granted)
  const answer = ask({ viewer, policies: open })
  const join = (held: readonly string[]) => new Set([...granted, ...held])
  return answer instanceof Promise ? answer.then(join) : join(answer)
}
