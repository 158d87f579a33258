/** Whether a client is meant; `version` undefined = any that it has. */
export type ClientFilter = (name: string, version?: string) => boolean

/**
 * Reads patterns of clients: `ios`, `ios@2.1`, `internal-*`, `ios@1.*`. `*` stands for any characters, also none. A pattern
 * with a version does not mean what a client publishes, since that is published for all its versions.
 */
export function clientFilter(patterns: readonly string[]): ClientFilter {
  const tests = patterns.map((pattern) => {
    const at = pattern.lastIndexOf('@')
    // A name may begin with an @, as those of packages do.
    if (at < 1) return { name: globOf(pattern), version: undefined }
    return { name: globOf(pattern.slice(0, at)), version: globOf(pattern.slice(at + 1)) }
  })
  return (name, version) =>
    tests.some(
      (test) =>
        test.name.test(name) &&
        (test.version === undefined || (version !== undefined && test.version.test(version))),
    )
}

function globOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}
