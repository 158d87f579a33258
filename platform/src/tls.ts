import { createHash, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { generate } from 'selfsigned'

/** What a server needs to speak TLS. */
export interface Tls {
  readonly cert: string
  readonly key: string
  /** The authority that signed it, where it is our own: who connects must trust it. */
  readonly authority?: { readonly cert: string; readonly fingerprint: string }
}

/** Where certificates come from. */
export interface TlsOptions {
  /** `self`, or the paths of certificate and key in PEM, with a comma between. */
  readonly choice: string
  /** The address that is listened at. */
  readonly host: string
  readonly dataDirectory: string
  /** The folder that relative paths begin in. */
  readonly folder: string
}

/** Where a device gets the certificate of our own authority. */
export const authorityPath = '/.well-known/headcount-authority.crt'

const authorityDays = 3650
// Phones refuse server certificates that are good for longer than 398 days.
const serverDays = 397
const dayMs = 86_400_000
const subject = (commonName: string) => [{ name: 'commonName', value: commonName }]

/** Reads, or makes, what the server needs. @throws Error with one line */
export async function readTls(options: TlsOptions): Promise<Tls> {
  if (options.choice === 'self') return makeOwn(options)
  const [certFile, keyFile, more] = options.choice.split(',').map((path) => resolve(options.folder, path))
  if (certFile === undefined || keyFile === undefined || more !== undefined) {
    throw new Error(`--tls is "${options.choice}"; it takes \`self\`, or CERT,KEY: two files in PEM.`)
  }
  for (const file of [certFile, keyFile]) {
    if (!existsSync(file)) throw new Error(`--tls names ${file}; there is no such file.`)
  }
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
}

/** The addresses that this machine is reached at from others. */
export function addressesOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)
}

/** A certificate for this machine's addresses by an authority of our own, which is made once and kept. */
async function makeOwn({ host, dataDirectory }: TlsOptions): Promise<Tls> {
  const authority = await readAuthority(join(dataDirectory, 'tls'))
  const names = ['localhost', '127.0.0.1', ...addressesOf(host)]
  const server = await generate(subject('Headcount'), {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + serverDays * dayMs),
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...new Set(names)].map((name) =>
          isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name },
        ),
      },
    ],
  })
  const { raw } = new X509Certificate(authority.cert)
  const fingerprint =
    createHash('sha256').update(raw).digest('hex').toUpperCase().match(/../g)?.join(':') ?? ''
  return { cert: server.cert, key: server.private, authority: { cert: authority.cert, fingerprint } }
}

async function readAuthority(folder: string): Promise<{ cert: string; key: string }> {
  const certFile = join(folder, 'authority.crt')
  const keyFile = join(folder, 'authority.key')
  if (existsSync(certFile) && existsSync(keyFile)) {
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const made = await generate(subject('Headcount local authority'), {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + authorityDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  writeFileSync(keyFile, made.private, { mode: 0o600 })
  writeFileSync(certFile, made.cert)
  return { cert: made.cert, key: made.private }
}
