import DataLoader from 'dataloader'
import type { IngressQuestion } from './domain/ingress-question.ts'
import type { BucketRow, Store } from './store.ts'

/** One loader a key; each answers an empty list for what is not the tenant's. */
export interface Loaders {
  readonly ingress: DataLoader<IngressQuestion, BucketRow[], string>
}

const keyOf = ({ eventId, ...rest }: IngressQuestion) => `${eventId} ${sharedKeyOf(rest)}`
const sharedKeyOf = ({ bucket, from, to, gateId }: Omit<IngressQuestion, 'eventId'>) =>
  JSON.stringify([bucket, from, to, gateId])

/** Makes the loaders of one request, which see one tenant only. */
export function createLoaders(store: Store, organizationId: string | undefined): Loaders {
  const scope = organizationId ?? ''
  /** One statement for all events that are asked the same. */
  const readAll = async (questions: readonly IngressQuestion[]): Promise<BucketRow[][]> => {
    const answers = new Map<string, BucketRow[]>()
    const alike = Map.groupBy(questions, sharedKeyOf)
    const reads = [...alike.values()].map(async (group) => {
      const [first] = group
      if (!first) return
      const eventIds = group.map(({ eventId }) => eventId)
      const lists = await store.ingress({ ...first, organizationId: scope, eventIds })
      group.forEach((question, index) => {
        answers.set(keyOf(question), lists[index] ?? [])
      })
    })
    await Promise.all(reads)
    return questions.map((question) => answers.get(keyOf(question)) ?? [])
  }
  return { ingress: new DataLoader(readAll, { cacheKeyFn: keyOf }) }
}
