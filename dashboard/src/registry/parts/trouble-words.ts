import type { RegistryTrouble } from '../read-registry.ts'

const WORDS: Readonly<Record<RegistryTrouble['kind'], { title: string; text: string }>> = {
  refused: {
    title: 'You may not see the graph',
    text: 'These pages are for people who look after the platform: those with the role “operator”. Whoever runs the platform gives it: “headcount admin create” has an option for it. Then sign in again.',
  },
  absent: {
    title: 'There is no registry here',
    text: 'This platform keeps its schemas in files alone, so there are no versions, checks or usage to show. Start it with its registry to see them.',
  },
  missing: {
    title: 'There is no such thing',
    text: 'The registry does not know it. It may be gone, or nothing has been published yet.',
  },
  unsuited: { title: 'The registry has no answer', text: 'It cannot say this; why stands below.' },
  unreachable: {
    title: 'The registry cannot be reached',
    text: 'Gateways go on with what they have. This page keeps trying.',
  },
}

/** What is wrong, and what would help. */
export function troubleWords({ kind }: RegistryTrouble): { title: string; text: string } {
  return WORDS[kind]
}
