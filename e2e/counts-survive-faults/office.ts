import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ticket } from '../setup/venue.ts'
import type { Death, Done } from './journal.ts'
import type { LaneParts } from './scanner.ts'
import type { SeededRandom } from './seeded-random.ts'
import { untilAnswered } from './until-answered.ts'

const PAUSE_MS = { least: 500, most: 1200 }
const TRANSFER_SHARE = 0.4
const LIMITED_SHARE = 0.6

/** The ticket office revokes and transfers tickets of people who come again and again; their codes go on being scanned. */
export async function revokeTickets(parts: LaneParts, random: SeededRandom): Promise<void> {
  const dead = new Set<string>()
  while (!parts.isOver()) {
    const ticket = parts.crowd.regular(random)
    if (ticket && !dead.has(ticket.ticketId)) {
      dead.add(ticket.ticketId)
      await (random.chance(TRANSFER_SHARE) ? transfer(parts, ticket) : revoke(parts, ticket))
    }
    await sleep(random.between(PAUSE_MS.least, PAUSE_MS.most))
  }
}

/** Revokes one ticket, and notes when that was acknowledged. */
export async function revoke({ ground, journal }: LaneParts, { ticketId, code }: Ticket): Promise<Death> {
  const question = {
    ...{ field: 'revokeTickets', input: { ticketIds: [ticketId], reason: 'stolen' } },
    selection: '... on RevokedTickets { tickets { id status } }',
  }
  const answer = await untilAnswered<Done['answer']>(ground.organiser, question, { journal })
  if (answer?.__typename !== 'RevokedTickets')
    journal.oddities.push(`a revocation was answered ${JSON.stringify(answer)}`)
  const death: Death = { ticketId, code, how: 'REVOKED', at: Date.now() }
  journal.deaths.push(death)
  return death
}

interface NewTicket {
  readonly __typename: string
  readonly id: string
  readonly qrPayload: string
}

async function transfer({ ground, journal, crowd }: LaneParts, ticket: Ticket): Promise<void> {
  const { ticketId, code, registrationId } = ticket
  const question = {
    field: 'transferTicket',
    input: { ticketId, holder: holderOf(ground.mark), idempotencyKey: randomUUID() },
    selection: '... on Ticket { id qrPayload }',
  }
  const answer = await untilAnswered<NewTicket>(ground.organiser, question, { journal })
  if (answer?.__typename !== 'Ticket') {
    journal.oddities.push(`a transfer was answered ${JSON.stringify(answer)}`)
    return
  }
  journal.deaths.push({ ticketId, code, how: 'TRANSFERRED', at: Date.now() })
  journal.done.push({ by: ground.organiser, ...question, answer: { ...answer } })
  crowd.join({ registrationId, ticketId: answer.id, code: answer.qrPayload })
}

interface Registered {
  readonly __typename: string
  readonly id?: string
  readonly tickets?: readonly { readonly id: string; readonly qrPayload: string }[]
}

/** Registers more people than there are places. */
export async function sellTickets(parts: LaneParts, random: SeededRandom): Promise<void> {
  const { ground, journal, crowd } = parts
  const others = [...ground.types.values()]
  while (!parts.isOver()) {
    const ticketTypeId = random.chance(LIMITED_SHARE) ? ground.limited.ticketTypeId : random.pick(others)
    const question = {
      field: 'register',
      input: {
        eventId: ground.eventId,
        ticketTypeId,
        holder: holderOf(ground.mark),
        idempotencyKey: randomUUID(),
      },
      selection: '... on Registration { id tickets { id qrPayload } }',
    }
    const answer = await untilAnswered<Registered>(ground.organiser, question, { journal })
    if (answer) journal.done.push({ by: ground.organiser, ...question, answer: { ...answer } })
    const [ticket] = answer?.tickets ?? []
    if (answer?.id && ticket)
      crowd.join({ registrationId: answer.id, ticketId: ticket.id, code: ticket.qrPayload })
    else if (answer && answer.__typename !== 'SoldOut')
      journal.oddities.push(`a registration was answered ${JSON.stringify(answer)}`)
    await sleep(random.between(PAUSE_MS.least, PAUSE_MS.most))
  }
}

function holderOf(mark: string) {
  return { name: `Somebody ${mark}`, email: `somebody@${mark}.test` }
}
