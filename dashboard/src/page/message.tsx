import { type ReactNode, useEffect } from 'react'

/** A whole page that has nothing to show but a sentence. */
export function Message({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} – Headcount`
  }, [title])
  return (
    <main className="message-page">
      <h1>{title}</h1>
      <p>{children}</p>
    </main>
  )
}
