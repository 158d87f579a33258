import { useEffect, useState } from 'react'
import { useHardwareScanner } from '../reading/use-hardware-scanner.ts'
import type { Scanner } from '../scanner.ts'
import { useScannerView } from '../scanner-context.ts'
import { chosenGate, type ScannerView } from '../scanner-view.ts'
import { AnswerView } from './answer-view.tsx'
import { CameraView } from './camera-view.tsx'
import { GateChoice, GateNotice } from './gate-choice.tsx'
import { ManualCode } from './manual-code.tsx'
import { StatusBar } from './status-bar.tsx'

/** The operator's screen: where, which way, the ways to read a code, and one answer over all of it. */
export function ScanScreen({ scanner, deviceName }: { scanner: Scanner; deviceName: string }) {
  const view = useScannerView(scanner)
  const { choice, answer } = view
  const gate = chosenGate(view)
  // What a hardware scanner typed into the field is not to be sent a second time.
  const [reads, setReads] = useState(0)
  useHardwareScanner((code) => {
    setReads((count) => count + 1)
    scanner.scan(code)
  })
  useEffect(() => {
    document.title = `${gate?.name ?? 'Scanner'} – Headcount`
  }, [gate?.name])
  return (
    <main className="scan" data-emergency={gate?.status === 'EMERGENCY'}>
      <ScanHead scanner={scanner} view={view} deviceName={deviceName} />
      <GateChoice scanner={scanner} view={view} />
      {gate && <GateNotice gate={gate} direction={choice.direction} />}
      {!view.list.isComplete && (
        <p className="scan-warning" role="status" data-testid="scan-undecided">
          This scanner cannot decide offline yet. {view.listProblem ?? 'It is fetching the list of tickets.'}
        </p>
      )}
      <p className="scan-ready" data-testid="scan-ready" data-busy={view.isDeciding}>
        {readyWords(view)}
      </p>
      <CameraView
        isOn={choice.isCameraOn}
        onCode={scanner.scan}
        onSwitch={(isCameraOn) => scanner.choose({ isCameraOn })}
      />
      <ManualCode key={reads} onCode={scanner.scan} />
      {answer && <AnswerView key={answer.scanId} answer={answer} onNext={scanner.next} />}
    </main>
  )
}

function ScanHead(props: { scanner: Scanner; view: ScannerView; deviceName: string }) {
  const { scanner, view, deviceName } = props
  const { isMuted } = view.choice
  return (
    <header className="scan-head">
      <div className="scan-names">
        <h1>{deviceName}</h1>
        {view.eventName && <p className="quiet">{view.eventName}</p>}
        <button
          type="button"
          className="button button-plain"
          onClick={() => scanner.choose({ isMuted: !isMuted })}
        >
          {isMuted ? 'Sound off' : 'Sound on'}
        </button>
      </div>
      <StatusBar view={view} />
    </header>
  )
}

function readyWords(view: ScannerView): string {
  if (view.isDeciding) return 'Checking…'
  if (view.gates.length === 0) return 'This scanner has no gate. Ask your supervisor to assign one.'
  return chosenGate(view) ? 'Ready to scan' : 'Choose a gate first'
}
