import { request } from 'undici'

/** Longest time for a registry's answer, in milliseconds. */
const limitMs = 10_000

/** Asks a registry for the supergraph that it publishes. */
export interface RegistryClient {
  /** The supergraph of now: by `GET <url>/supergraph`, with the ETag of the last one. @throws Error that says what came instead */
  supergraph(): Promise<string>
}

export function createRegistryClient(options: {
  readonly url: string
  readonly token: string | undefined
}): RegistryClient {
  const address = `${options.url.replace(/\/+$/, '')}/supergraph`
  let last: { readonly etag: string; readonly sdl: string } | undefined
  return {
    async supergraph() {
      const { statusCode, headers, body } = await request(address, {
        headersTimeout: limitMs,
        bodyTimeout: limitMs,
        headers: {
          accept: 'application/graphql, text/plain',
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
          ...(last ? { 'if-none-match': last.etag } : {}),
        },
      })
      const text = await body.text()
      if (statusCode === 304 && last) return last.sdl
      if (statusCode !== 200) throw new Error(`The registry at ${address} answered HTTP ${statusCode}.`)
      const { etag } = headers
      last = typeof etag === 'string' ? { etag, sdl: text } : undefined
      return text
    },
  }
}
