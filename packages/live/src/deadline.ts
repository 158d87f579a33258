import { LiveUnavailable } from './topics.ts'

/** The promise's result, or LiveUnavailable once `deadlineMs` have passed or where it rejects. */
export async function withDeadline<T>(promise: Promise<T>, deadlineMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LiveUnavailable(`${what} took longer than ${deadlineMs} ms.`)),
      deadlineMs,
    )
  })
  try {
    return await Promise.race([promise, late])
  } catch (err) {
    if (err instanceof LiveUnavailable) throw err
    throw new LiveUnavailable(`${what} failed.`, { cause: err })
  } finally {
    clearTimeout(timer)
  }
}
