/** Which kept file answers a request; undefined = none, the network does. Assets of an earlier build are looked for too. */
export function fileFor(
  { pathname }: Pick<URL, 'pathname'>,
  { files, isPage }: { files: readonly string[]; isPage: boolean },
): string | undefined {
  if (isPage) return pathname === '/scan' || pathname === '/scan/' ? '/scan' : undefined
  return files.includes(pathname) || pathname.startsWith('/assets/') ? pathname : undefined
}

/** Of the caches that exist (oldest first), those to drop: all but this version's and the one before it. */
export function oldCaches(names: readonly string[], version: string): string[] {
  return names.filter((name) => name.startsWith('scan-') && name !== version).slice(0, -1)
}
