import { useEffect } from 'react'
import type { Answer, Face } from '../answer/answer.ts'

/** Drawn, so that the answer does not hang on its colour. */
const SHAPES: Readonly<Record<Face, string>> = {
  go: 'M12 52 L40 80 L88 24',
  care: 'M6 54 L30 78 L66 30 M88 18 L88 58 M88 79 L88 80',
  stop: 'M18 18 L82 82 M82 18 L18 82',
}

/** One answer, over the whole screen. A tap, Space or Escape takes it away; so does the next scan. */
export function AnswerView({ answer, onNext }: { answer: Answer; onNext: () => void }) {
  const { face, title, reason, lines, ticketTypeName, isOffline, scanId } = answer
  useDismissal(onNext)
  return (
    <div
      className="scan-answer"
      data-testid="answer"
      data-face={face}
      data-offline={isOffline}
      data-scan={scanId}
      onPointerUp={onNext}
    >
      <svg className="scan-shape" viewBox="0 0 100 100" aria-hidden="true">
        <path d={SHAPES[face]} />
      </svg>
      <p className="scan-title">{title}</p>
      {reason && <p className="scan-reason">{reason}</p>}
      {ticketTypeName && <p className="scan-type">{ticketTypeName}</p>}
      {lines.map((line) => (
        <p key={line} className="scan-line">
          {line}
        </p>
      ))}
      {isOffline && face === 'stop' && <p className="scan-line">Decided offline.</p>}
      <button type="button" className="button scan-next" onClick={onNext}>
        Next
      </button>
    </div>
  )
}

function useDismissal(onNext: () => void): void {
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' || key === ' ') onNext()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onNext])
}

/** What a screen reader says of an answer. */
export function spokenAnswer({ title, reason, lines }: Answer): string {
  return [title, reason, ...lines].filter((part) => part !== undefined).join('. ')
}
