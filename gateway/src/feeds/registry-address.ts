/** What a contract's name is, at the end of an address: a letter, then letters, digits, `-`, `_`. */
const contract = /\/contracts\/[A-Za-z][\w-]{0,62}$/

/** An address without what does not count at its end. */
function trimmed(url: string): string {
  return url.replace(/\/+$/, '')
}

/**
 * Base address of the registry that a gateway is given. That of a contract (`…/registry/contracts/<name>`) has a
 * supergraph of its own; documents and usage are the registry's (`…/registry`).
 */
export function registryBase(url: string): string {
  return trimmed(url).replace(contract, '')
}

/** Where the registry, or the contract, publishes its supergraph. */
export function supergraphAddress(url: string): URL {
  return new URL(`${trimmed(url)}/supergraph`)
}

/** Where the registry publishes its trusted documents. */
export function documentsAddress(url: string): URL {
  return new URL(`${registryBase(url)}/documents`)
}

/** An address as logs and files show it: without a password. */
export function shownAddress({ origin, pathname }: URL): string {
  return `${origin}${pathname}`
}
