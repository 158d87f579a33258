/**
 * Takes values one after the other. Of those that come while one is being taken only the newest is taken after it.
 *
 * @param take never rejects
 */
export function takeNewest<T>(take: (value: T) => Promise<void>): (value: T) => void {
  let waiting: { readonly value: T } | undefined
  let isTaking = false
  const run = async () => {
    isTaking = true
    while (waiting) {
      const { value } = waiting
      waiting = undefined
      await take(value)
    }
    isTaking = false
  }
  return (value) => {
    waiting = { value }
    if (!isTaking) void run()
  }
}
