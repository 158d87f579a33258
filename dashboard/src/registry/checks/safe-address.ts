/** An address that a check was told, if a browser may follow it: not one that runs a script here. */
export function safeAddress(url: string | undefined): string | undefined {
  const address = url === undefined ? null : URL.parse(url)
  return address?.protocol === 'https:' || address?.protocol === 'http:' ? address.href : undefined
}
