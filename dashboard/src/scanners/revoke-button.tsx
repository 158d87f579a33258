import { useState } from 'react'

/** Asks once more: a scanner that was taken out of service does not come back. */
export function RevokeButton({ onRevoke }: { onRevoke: () => void }) {
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
        Take out of service
      </button>
    )
  }
  return (
    <span className="revoke">
      For ever?{' '}
      <button type="button" className="button" onClick={onRevoke}>
        Yes
      </button>{' '}
      <button type="button" className="button button-plain" onClick={() => setAsking(false)}>
        No
      </button>
    </span>
  )
}
