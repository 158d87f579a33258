import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Cost of a hash. Defaults are OWASP's for argon2id: 19 MiB, 2 passes, 1 lane. */
export interface PasswordCost {
  readonly memoryKiB: number
  readonly passes: number
}

interface Hash extends PasswordCost {
  readonly salt: Buffer
  readonly tag: Buffer
}

// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
const owasp: PasswordCost = { memoryKiB: 19_456, passes: 2 }
const SALT_BYTES = 16
const TAG_BYTES = 32
// The PHC string format: https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md
const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function derive(password: string, salt: Buffer, { memoryKiB, passes }: PasswordCost): Promise<Buffer> {
  // Two ways to type one letter (é as one code point or as two) are one password.
  const message = password.normalize('NFKC')
  const parameters = { message, nonce: salt, parallelism: 1, tagLength: TAG_BYTES, memory: memoryKiB, passes }
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)))
  })
}

function write({ memoryKiB, passes, salt, tag }: Hash): string {
  const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=1$${bare(salt)}$${bare(tag)}`
}

function read(text: string): Hash {
  const [, memoryKiB, passes, salt, tag] = phc.exec(text) ?? []
  if (!memoryKiB || !passes || !salt || !tag)
    throw new Error('A stored password is no PHC string of argon2id.')
  const bytes = (part: string) => Buffer.from(part, 'base64')
  return { memoryKiB: Number(memoryKiB), passes: Number(passes), salt: bytes(salt), tag: bytes(tag) }
}

/** Hashes a password, on a thread of its own, into a PHC string. */
export async function hashPassword(password: string, cost = owasp): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return write({ ...cost, salt, tag: await derive(password, salt, cost) })
}

/**
 * Whether a password is the one that was hashed. Without a hash it is never right, at the same cost, so that the time
 * does not tell who has an account.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const { salt, tag, ...cost } = hash === undefined ? decoy : read(hash)
  const derived = await derive(password, salt, cost)
  return timingSafeEqual(derived, tag) && hash !== undefined
}

const decoy: Hash = { ...owasp, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) }
