/** Everything about an event: fields of all five services, with lists below lists and references between services. */
export const EVENT_QUERY = `query Everything($eventId: ID!, $first: Int!) {
  me { id email roles }
  organization { id slug members { id email roles } }
  event(id: $eventId) {
    id name registeredCount admitted inside noShowRate
    zones { id name inside fillRatio parent { id } }
    ticketTypes { id name soldCount zones { id name } }
    gates {
      id name status entriesPerMinute
      zoneTo { id name capacity inside }
      ticketTypes { id name soldCount }
      devices { id name credentialStatus lastSeq gate { id name } }
    }
    ingress(bucket: 86400) { entries firstEntries gate { id name status } }
  }
  occupancy(eventId: $eventId) {
    inside admitted
    zones { inside zone { id name capacity parent { id } } }
    gates { entries gate { id name lanes } }
  }
  registrations(eventId: $eventId, first: $first) {
    totalCount
    edges { node {
      id status
      holder { name email }
      event { id name slug inside }
      tickets {
        id status inside qrPayload
        ticketType { id name soldCount quota }
        firstAdmission { at gate { id name } device { id name credentialStatus } }
        scans(first: 5) { edges { node { id outcome } } }
      }
    } }
  }
  scans(eventId: $eventId, first: $first) {
    edges { node {
      id outcome
      gate { id name }
      device { id name credentialStatus lastSeq }
      credential { id inside status ... on Ticket { holderName ticketType { id name soldCount } } }
    } }
  }
}`

/** A list of events with what four services say of each. */
export const EVENTS_QUERY = `query Events($first: Int!) {
  events(first: $first) {
    totalCount
    edges { node {
      id name status registeredCount admitted inside noShowRate
      zones { id inside }
      ticketTypes { id soldCount }
      gates { id name }
      ingress(bucket: 86400) { entries }
    } }
  }
}`

/** What an attendee sees of their own tickets. */
export const MINE_QUERY = `query Mine($first: Int!) {
  me {
    email
    registrations(first: $first) {
      totalCount
      edges { node {
        id status holder { email }
        event { id name startsAt timeZone slug }
        tickets { id status inside qrPayload ticketType { id name } firstAdmission { at gate { name } } }
      } }
    }
  }
}`
