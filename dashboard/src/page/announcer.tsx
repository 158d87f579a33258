import { useRef } from 'react'
import { type Announcement, nextAnnouncement } from './announcement.ts'

/** Tells a screen reader the headline number, at a rate that one can listen to. */
export function Announcer(next: Announcement) {
  const last = useRef<Announcement>(undefined)
  last.current = nextAnnouncement(last.current, next)
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {last.current.text}
    </p>
  )
}
