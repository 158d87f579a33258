import encode from 'qr'
import { enrolmentAddress } from '../scan/session/enrolment-token.ts'

/** The enrolment as a QR code: a phone's camera opens its address, the scanner's page takes the token out of it. */
export function QrCode({ enrolmentToken }: { enrolmentToken: string }) {
  const rows = encode(enrolmentAddress(window.location.origin, enrolmentToken), 'raw')
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label="QR code that sets up the scanner"
    >
      <path d={dark.join('')} />
    </svg>
  )
}
