import {
  checkIngressQuestion,
  type IngressQuestion,
  maximumBuckets,
  tooManyBuckets,
} from './ingress-question.ts'

/** What reading needs of the store, within the tenant that asks. */
export interface IngressSource<Bucket> {
  /** The buckets of a question, the earliest first; a few more than an answer may have, where there are more. */
  load(question: IngressQuestion): Promise<Bucket[]>
  /** The shortest proposed bucket with which the answer is not too long. */
  fittingBucket(question: IngressQuestion): Promise<number | undefined>
}

/** Answers a question for ingress. @throws GraphQLError BAD_USER_INPUT where it is wrong, or its answer too long */
export async function readIngress<Bucket>(
  question: IngressQuestion,
  source: IngressSource<Bucket>,
): Promise<Bucket[]> {
  checkIngressQuestion(question)
  const buckets = await source.load(question)
  if (buckets.length <= maximumBuckets) return buckets
  throw tooManyBuckets(question, await source.fittingBucket(question))
}
