/** What an earlier step must have put there. @throws Error when the order of the pipeline is wrong */
export function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a step ran before the one that it relies on')
  return value
}
