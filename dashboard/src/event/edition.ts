/** As much of an event as its address needs. */
export interface AddressedEvent {
  id: string
  name: string
  slug: string
}

/** What has become of an address since the page was opened there. */
export type AddressNews<Holder extends AddressedEvent> =
  | { kind: 'held'; by: Holder }
  /** Another event has taken the address: a new edition. `previous` has another address now. */
  | { kind: 'taken'; by: Holder; previous: AddressedEvent | undefined }
  /** The event has another address now, and nothing took the old one. */
  | { kind: 'moved'; to: AddressedEvent }
  | { kind: 'gone' }

/** `shownId` is what the page shows; `shown` is the same event as it is now, `atAddress` what its address leads to. */
export function readAddress<Holder extends AddressedEvent>(
  shownId: string | undefined,
  shown: AddressedEvent | null | undefined,
  atAddress: Holder | null | undefined,
): AddressNews<Holder> {
  if (!atAddress) return shown ? { kind: 'moved', to: shown } : { kind: 'gone' }
  if (shownId === undefined || atAddress.id === shownId) return { kind: 'held', by: atAddress }
  return { kind: 'taken', by: atAddress, previous: shown ?? undefined }
}
