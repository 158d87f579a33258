/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    const first = () => {
      for (const signal of signals) {
        process.off(signal, first)
        process.on(signal, () => process.exit(130))
      }
      resolve()
    }
    for (const signal of signals) process.on(signal, first)
  })
}
