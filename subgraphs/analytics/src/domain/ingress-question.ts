import { fail } from '@headcount/errors'

/** Which part of an event's ingress is asked for. */
export interface IngressQuestion {
  readonly eventId: string
  /** Length of a bucket in seconds. */
  readonly bucket: number
  readonly from?: Date | null | undefined
  readonly to?: Date | null | undefined
  readonly gateId?: string | null | undefined
}

/** So many buckets one answer has at most. */
export const maximumBuckets = 20_000
/** Lengths that are proposed where an answer would be too long, in seconds. */
export const proposedBuckets: readonly number[] = [5, 10, 30, 60, 300, 900, 3_600, 21_600, 86_400]

const LONGEST_BUCKET = 86_400

/** Throws BAD_USER_INPUT for a question that has no answer. */
export function checkIngressQuestion({ bucket, from, to }: IngressQuestion): void {
  if (bucket < 1 || bucket > LONGEST_BUCKET)
    throw fail('BAD_USER_INPUT', `bucket takes 1 to 86,400 seconds; it is ${bucket}.`)
  if (from && to && from >= to)
    throw fail(
      'BAD_USER_INPUT',
      `from must be before to; they are ${from.toISOString()} and ${to.toISOString()}.`,
    )
}

/** The error of an answer that would be too long; `fitting` is the shortest proposed bucket that is not. */
export function tooManyBuckets(question: IngressQuestion, fitting: number | undefined) {
  const advice = fitting
    ? `bucket: ${fitting} fits`
    : 'ask for a shorter time with from and to, or for one gate'
  const message = `An answer has at most 20,000 buckets; with bucket: ${question.bucket} it has more: ${advice}.`
  return fail('BAD_USER_INPUT', message)
}
