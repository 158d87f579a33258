import { useState } from 'react'
import { Link } from '../page/link.tsx'
import { pathOf } from '../page/route.ts'
import type { AddressedEvent } from './edition.ts'

/** Says that the numbers are those of another event than a moment ago. */
export function EditionNotice({ shown, previous }: { shown: AddressedEvent; previous: AddressedEvent }) {
  const [dismissed, setDismissed] = useState<string>()
  if (dismissed === shown.id) return null
  return (
    <div className="notice" role="status" data-testid="edition-notice">
      <p>
        <strong>A new edition has begun.</strong> You now see “{shown.name}”, which has taken this address.{' '}
        <Link to={pathOf(previous.slug)}>Show the previous one</Link>
      </p>
      <button type="button" className="button button-plain" onClick={() => setDismissed(shown.id)}>
        Close
      </button>
    </div>
  )
}
