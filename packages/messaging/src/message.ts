/**
 * A fact that a service tells the others. It describes an entity whole, with a rising version, so that a
 * consumer applies it by key and ignores what is older: twice is once, in any order.
 */
export interface Message<Payload = unknown> {
  /** Unique; a message that is sent again keeps it. */
  id: string
  /** `org.<org>.event.<event>.<thing>.<happened>`, or organization-wide `org.<org>.<thing>.<happened>`. */
  subject: string
  organizationId: string
  /** JSON. Shared by the consumers of one process: to be read, not written. At most about 1 MB. */
  payload: Payload
  /** RFC 3339: when the service recorded the fact. */
  occurredAt: string
}
