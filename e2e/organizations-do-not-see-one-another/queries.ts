/** Whatever one can list of one's own. What a role may not see is null with an error. */
export const OWN_LISTS = `query ($eventId: ID!) {
  me { id email registrations { edges { node { id tickets { id qrPayload } } } } }
  organization { id slug name members { id email } }
  events(first: 200) { totalCount edges { cursor node {
    id name slug organization { id } zones { id name } ticketTypes { id soldCount } gates { id name devices { id name } }
    registeredCount admitted inside noShowRate ingress { at entries gate { id } }
  } } }
  occupancy(eventId: $eventId) { seq inside event { id } zones { zone { id name } } gates { gate { id name } } }
  registrations(eventId: $eventId, first: 200) { edges { node { id externalId holder { name email } tickets { id qrPayload inside } } } }
  scans(eventId: $eventId, first: 200) { edges { node { id scanId gate { id } device { id name } credential { id } } } }
  ingress(eventId: $eventId) { at entries gate { id } }
}`

/** The events with their people, without a variable: the same text for everybody. */
export const OWN_TICKETS =
  '{ organization { id slug } events { edges { node { id slug registeredCount gates { id } } } } }'

/** Each way in by an id. */
export const REACHING = `query ($eventId: ID!, $gateId: ID!, $ticketId: ID!) {
  event(id: $eventId) { id name admitted registeredCount zones { id } gates { id } }
  gate(id: $gateId) { id name event { id name } devices { id } }
  ticket(id: $ticketId) { id holderName qrPayload inside event { id } registration { id } }
  occupancy(eventId: $eventId) { seq inside }
  registrations(eventId: $eventId) { edges { node { id holder { name } } } }
  scans(eventId: $eventId) { edges { node { id } } }
  ingress(eventId: $eventId) { entries }
}`
