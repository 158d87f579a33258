const hash = /^sha256:[0-9a-f]{64}$/

/** A document's id as it is kept: a hash goes without the `sha256:` that clients send, and some manifests write, before it. */
export function plainId(id: string): string {
  return hash.test(id) ? id.slice('sha256:'.length) : id
}
