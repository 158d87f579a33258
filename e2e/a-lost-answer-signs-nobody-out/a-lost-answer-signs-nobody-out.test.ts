import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Graph, mutationOf, openGraph } from '../setup/graph.ts'
import { inBothModes } from '../setup/modes.ts'
import { makeTenant, type Tenant, type Tokens } from '../setup/people.ts'
import { useHeadcount } from '../setup/use-headcount.ts'
import { enrolScanner, openVenue, type Venue } from '../setup/venue.ts'

const TOKENS = `... on Session { accessToken refreshToken expiresAt }
  ... on DeviceSession { accessToken refreshToken expiresAt }`
const AT_ONCE = 20

inBothModes('a lost answer signs nobody out', (services) => {
  const headcount = useHeadcount({ services })
  let graph: Graph
  let tenant: Tenant
  let organiser: Caller
  let venue: Venue

  beforeAll(async () => {
    graph = openGraph(headcount.now.url)
    tenant = await makeTenant(headcount.now, ['ORGANISER'])
    organiser = await tenant.signIn(graph, 'ORGANISER')
    venue = await openVenue(organiser, tenant.organizationId)
  })
  afterAll(() => graph?.close())

  const refresh = (refreshToken: string) =>
    graph.as().attempt<Tokens & { __typename: string }>('refreshSession', { refreshToken }, TOKENS)

  /** Sends a refresh and hangs up when the first byte of the answer arrives. */
  async function refreshAndHangUp(refreshToken: string): Promise<void> {
    const body = JSON.stringify({
      query: mutationOf('refreshSession', TOKENS),
      variables: { input: { refreshToken } },
    })
    const socket = connect(headcount.now.port, '127.0.0.1')
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    await once(socket, 'data')
    socket.destroy()
  }

  const holders: readonly {
    readonly who: string
    readonly signIn: () => Promise<Tokens>
    readonly isSignedIn: (token: string) => Promise<boolean>
  }[] = [
    {
      who: 'a person',
      signIn: () => tenant.signIn(graph, 'ORGANISER'),
      isSignedIn: async (token) => {
        const { data } = await graph.as(token).send<{ me: { email: string } | null }>('{ me { email } }')
        return data?.me?.email === tenant.emailOf('ORGANISER')
      },
    },
    {
      who: 'a scanner',
      signIn: () => enrolScanner(graph, organiser, venue),
      isSignedIn: async (token) => {
        const query = 'query ($id: ID!) { gate(id: $id) { id } }'
        const { data } = await graph.as(token).send(query, { id: venue.gateIds[0] })
        return data?.gate !== null && data?.gate !== undefined
      },
    },
  ]

  test.each(holders)(
    '$who whose refresh answer was lost tries again and gets the same successor',
    async ({ signIn, isSignedIn }) => {
      const first = await signIn()
      await refreshAndHangUp(first.refreshToken)
      const second = await refresh(first.refreshToken)
      expect(await refresh(first.refreshToken)).toMatchObject({ refreshToken: second.refreshToken })
      expect(await isSignedIn(second.accessToken)).toBe(true)
      const third = await refresh(second.refreshToken)
      expect(third.refreshToken).not.toBe(second.refreshToken)
      expect(await isSignedIn(third.accessToken)).toBe(true)
    },
  )

  test.each(holders)(
    `$who who refreshes ${AT_ONCE} times at once gets one successor, and it is good`,
    async ({ signIn, isSignedIn }) => {
      const first = await signIn()
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => refresh(first.refreshToken)))
      expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1)
      for (const { accessToken } of answers) expect(await isSignedIn(accessToken)).toBe(true)
      const next = await refresh(answers[0]?.refreshToken ?? '')
      expect(await isSignedIn(next.accessToken)).toBe(true)
    },
  )
})
