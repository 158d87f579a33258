import type { ScannerView } from '../scanner-view.ts'
import { notesOf } from './status-notes.ts'

/** How this scanner stands, in a line; what needs attention is loud. */
export function StatusBar({ view }: { view: ScannerView }) {
  return (
    <div className="scan-status" data-testid="scan-status">
      {notesOf(view).map(({ name, text, tone }) => (
        <span key={name} className="chip" data-tone={tone} data-testid={`scan-${name}`}>
          {text}
        </span>
      ))}
    </div>
  )
}
