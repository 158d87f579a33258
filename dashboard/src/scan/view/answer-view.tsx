import { useId, useLayoutEffect, useRef } from 'react'
import type { Answer, Face } from '../answer/answer.ts'

/** Drawn, so that the answer does not hang on its colour. */
const SHAPES: Readonly<Record<Face, string>> = {
  go: 'M12 52 L40 80 L88 24',
  care: 'M6 54 L30 78 L66 30 M88 18 L88 58 M88 79 L88 80',
  stop: 'M18 18 L82 82 M82 18 L18 82',
}

/**
 * One answer, over the whole screen. A tap, Escape, or Space and Enter on its button take it away; so does the next scan.
 * A modal dialog: no key reaches what lies under it, and the focus goes back to where it was.
 */
export function AnswerView({ answer, onNext }: { answer: Answer; onNext: () => void }) {
  const { face, title, reason, lines, ticketTypeName, isOffline, scanId } = answer
  const dialog = useModal()
  const titleId = useId()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keys its button and Escape do the same
    <dialog
      ref={dialog}
      className="scan-answer"
      aria-labelledby={titleId}
      data-testid="answer"
      data-face={face}
      data-offline={isOffline}
      data-scan={scanId}
      onClick={onNext}
      onCancel={(event) => {
        event.preventDefault()
        onNext()
      }}
    >
      <svg className="scan-shape" viewBox="0 0 100 100" aria-hidden="true">
        <path d={SHAPES[face]} />
      </svg>
      <div className="scan-words" role="alert">
        <p id={titleId} className="scan-title">
          {title}
        </p>
        {reason && <p className="scan-reason">{reason}</p>}
        {ticketTypeName && <p className="scan-type">{ticketTypeName}</p>}
        {lines.map((line) => (
          <p key={line} className="scan-line">
            {line}
          </p>
        ))}
        {isOffline && face === 'stop' && <p className="scan-line">Decided offline.</p>}
      </div>
      <button type="button" className="button scan-next">
        Next
      </button>
    </dialog>
  )
}

/** A dialog that is open for as long as it is there. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // Before it leaves the page: closing is what gives the focus back.
    return () => shown?.close()
  }, [])
  return dialog
}
