import { newId } from '@headcount/ids'
import type { Seal } from '@headcount/seal'
import { createKeyPair, hashTicketCode, signTicketCode } from '@headcount/ticket-code'
import type { TicketKeyRow, TicketRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { createShare } from './share.ts'

/** What a code says of a ticket. */
export type CodeContents = Pick<TicketRow, 'id' | 'eventId' | 'organizationId' | 'issue'>

/** What a ticket keeps of its code. */
export type CodeMark = Pick<TicketRow, 'keyId' | 'issue' | 'codeHash'>

/** Signs ticket codes with the keys of their organizations. */
export interface TicketKeys {
  /** Signs codes with the organization's key, which is made when it has none. Answers in the order of the tickets. */
  sign(organizationId: string, tickets: readonly CodeContents[]): Promise<CodeMark[]>
  /** The code of a ticket, the same each time. */
  codeOf(ticket: TicketRow): Promise<string>
}

/** What the keys' seal is for: with another text no key that was kept opens again. */
export const ticketKeysPurpose = 'headcount ticket keys'

/** What {@link createTicketKeys} needs. */
export interface TicketKeysOptions {
  readonly store: Pick<Store, 'currentTicketKey' | 'ticketKeys' | 'addTicketKey'>
  readonly seal: Seal
  readonly now: () => Date
}

interface OpenKey {
  readonly keyId: string
  readonly privateKey: string
}

const MOST_OPEN_KEYS = 1000
// A signature costs some 60 µs: a pause after each slice keeps other requests of the process waiting 3 ms at most.
const SLICE = 50

/** Makes the signer. Opened keys are remembered in memory, at most 1,000. */
export function createTicketKeys({ store, seal, now }: TicketKeysOptions): TicketKeys {
  const opened = new Map<string, OpenKey>()
  // By the key's own id, or by its organization's.
  const share = createShare<OpenKey>()
  const current = new Map<string, string>()

  function open(row: TicketKeyRow): OpenKey {
    const known = opened.get(row.id)
    if (known) return known
    const key = { keyId: row.id, privateKey: openPrivateKey(row, seal) }
    if (opened.size >= MOST_OPEN_KEYS) opened.clear()
    opened.set(row.id, key)
    return key
  }

  async function keyOf(organizationId: string, keyId: string): Promise<OpenKey> {
    const known = opened.get(keyId)
    if (known) return known
    return share(keyId, () => readKey(organizationId, keyId))
  }

  async function readKey(organizationId: string, keyId: string): Promise<OpenKey> {
    const [row] = await store.ticketKeys(organizationId, [keyId])
    if (!row) throw new Error(`the ticket key ${keyId} is not there`)
    return open(row)
  }

  async function currentKey(organizationId: string): Promise<OpenKey> {
    const known = opened.get(current.get(organizationId) ?? '')
    if (known) return known
    return share(organizationId, () => findCurrentKey(organizationId))
  }

  async function findCurrentKey(organizationId: string): Promise<OpenKey> {
    const row = (await store.currentTicketKey(organizationId)) ?? (await makeKey(organizationId))
    if (current.size >= MOST_OPEN_KEYS) current.clear()
    current.set(organizationId, row.id)
    return open(row)
  }

  /** Of several processes that make the first key at once one wins, and all use its key. */
  async function makeKey(organizationId: string): Promise<TicketKeyRow> {
    const id = newId('key')
    const { publicKey, privateKey } = createKeyPair()
    const sealedPrivateKey = seal.close(privateKey, placeOf({ id, organizationId }))
    await store.addTicketKey({ id, organizationId, publicKey, sealedPrivateKey, createdAt: now() })
    const kept = await store.currentTicketKey(organizationId)
    if (!kept) throw new Error(`${organizationId} has no ticket key`)
    return kept
  }

  return {
    async sign(organizationId, tickets) {
      const key = await currentKey(organizationId)
      const marks: CodeMark[] = []
      for (const ticket of tickets) {
        const codeHash = hashTicketCode(signTicketCode({ ...contentsOf(ticket), ...key }))
        if (marks.push({ keyId: key.keyId, issue: ticket.issue, codeHash }) % SLICE === 0) await pause()
      }
      return marks
    },
    async codeOf(ticket) {
      const key = await keyOf(ticket.organizationId, ticket.keyId)
      return signTicketCode({ ...contentsOf(ticket), ...key })
    },
  }
}

function contentsOf({ id: ticketId, eventId, organizationId, issue }: CodeContents) {
  return { ticketId, eventId, organizationId, issue }
}

function placeOf({ id, organizationId }: Pick<TicketKeyRow, 'id' | 'organizationId'>): string {
  return `${organizationId}/${id}`
}

function openPrivateKey(row: TicketKeyRow, seal: Seal): string {
  try {
    return seal.open(row.sealedPrivateKey, placeOf(row))
  } catch (cause) {
    const reason = 'HEADCOUNT_TICKET_SECRET is not the secret that it was sealed with'
    throw new Error(`The ticket key ${row.id} cannot be opened: ${reason}.`, { cause })
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
