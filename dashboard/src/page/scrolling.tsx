import type { ReactNode } from 'react'

interface ScrollingProps {
  className: string
  /** What it shows, for who does not see it. */
  label: string
  children: ReactNode
}

/** A part that scrolls by itself, with the keyboard too. */
export function Scrolling({ className, label, children }: ScrollingProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
