import type { GraphClient } from './graph-client.ts'
import { signIn } from './session.ts'

/** Lets the demo's attendee register, as anybody with an account may: General has places left. */
export async function registerAttendee(
  client: GraphClient,
  { password, eventId, ticketTypeId }: { password: string; eventId: string; ticketTypeId: string },
  signal: AbortSignal,
): Promise<void> {
  const email = 'attendee@demo.headcount.test'
  const session = await signIn(client, { email, password }, signal)
  const input = {
    eventId,
    ticketTypeId,
    holder: { name: 'Alex Attendee', email },
    idempotencyKey: `demo-${eventId}`,
  }
  await client.ask({ name: 'Register', variables: { input }, by: session }, signal)
}
