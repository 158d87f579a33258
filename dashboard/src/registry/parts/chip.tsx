import type { ReactNode } from 'react'
import type { StateWords } from '../../words/states.ts'

/** A state in words, whose colour only repeats them. */
export function Chip({ text, tone }: StateWords): ReactNode {
  return (
    <span className="chip" data-tone={tone}>
      {text}
    </span>
  )
}
