import { Message } from '../page/message.tsx'
import { useEnrolment, useScanner, useScannerProblem } from './scanner-context.ts'
import { EnrolPage } from './view/enrol-page.tsx'
import { ScanScreen } from './view/scan-screen.tsx'

/** What `/scan` shows. */
export function ScanPage() {
  const enrolment = useEnrolment()
  const scanner = useScanner()
  const problem = useScannerProblem()
  if (enrolment.phase === 'starting') return null // a moment, until the browser's database has answered
  if (enrolment.phase !== 'enrolled') return <EnrolPage hasEnded={enrolment.phase === 'ended'} />
  if (problem !== undefined) return <Message title="This scanner does not start">{problem}</Message>
  if (!scanner) return <Message title="Getting ready…" />
  return <ScanScreen scanner={scanner} deviceName={enrolment.session.deviceName} />
}
