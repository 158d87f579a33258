import { type FieldChecks, fieldChecks, type ValidationError } from '@headcount/errors'
import type { HolderInput, RegisterInput } from '../generated/resolvers.ts'

const LONGEST_EMAIL = 254
// Something, an @, and a domain of two labels or more. Whether the address exists shows only when a message goes there.
const emailShape = /^[^\s@<>()[\],;:\\"]+@[^\s@.<>()[\],;:\\"]+(\.[^\s@.<>()[\],;:\\"]+)+$/

/** A holder as it is kept. */
export interface Holder {
  readonly holderName: string
  readonly holderEmail: string
}

/** A holder without the blanks around. */
export function holderOf({ name, email }: HolderInput): Holder {
  return { holderName: name.trim(), holderEmail: email.trim() }
}

/** Checks a holder: a name of 1 to 200 characters and an e-mail address of at most 254. */
export function checkHolder(checks: FieldChecks, holder: HolderInput, path = 'holder'): void {
  checks.text(`${path}.name`, holder.name, { minimum: 1, maximum: 200 })
  const email = holder.email.trim()
  const isGood = email.length <= LONGEST_EMAIL && emailShape.test(email) && !/\p{Cc}/u.test(email)
  checks.that(isGood, `${path}.email`, `${path}.email takes an address like name@example.org.`)
}

/** Checks a caller's own key of a registration: 1 to 100 characters. */
export function checkExternalId(checks: FieldChecks, externalId: string, path = 'externalId'): void {
  checks.text(path, externalId, { minimum: 1, maximum: 100 })
}

/** Checks an idempotency key: 1 to 100 characters. */
export function checkIdempotencyKey(checks: FieldChecks, key: string): void {
  checks.text('idempotencyKey', key, { minimum: 1, maximum: 100 })
}

/** What is wrong with a registration to make; undefined when nothing is. */
export function checkRegister(input: RegisterInput, mayManage: boolean): ValidationError | undefined {
  const checks = fieldChecks()
  checkHolder(checks, input.holder)
  checkIdempotencyKey(checks, input.idempotencyKey)
  if (input.externalId != null) {
    checkExternalId(checks, input.externalId)
    // A key that a stranger took would stand for the stranger's registration in the next import.
    checks.that(mayManage, 'externalId', 'externalId takes the scope ticket:write; leave it out.')
  }
  return checks.problem()
}
