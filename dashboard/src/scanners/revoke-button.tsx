import { useState } from 'react'

/** Asks once more: a scanner that was taken out of service does not come back. */
export function RevokeButton({ onRevoke }: { onRevoke: () => void }) {
  const [isAsking, setAsking] = useState(false)
  // One button that asks and takes back: it keeps the focus, and who presses it twice has done nothing.
  return (
    <span className="revoke">
      {isAsking && (
        <>
          <span role="alert">For ever?</span>{' '}
          <button type="button" className="button" onClick={onRevoke}>
            Yes
          </button>{' '}
        </>
      )}
      <button type="button" className="button button-plain" onClick={() => setAsking(!isAsking)}>
        {isAsking ? 'No' : 'Take out of service'}
      </button>
    </span>
  )
}
