import { formatCount } from '../../words/numbers.ts'
import type { Tone } from '../../words/states.ts'
import { formatAge } from '../../words/times.ts'
import type { ScannerView } from '../scanner-view.ts'

interface Note {
  name: string
  text: string
  tone: Tone
}

/** A clock that is off by more makes the platform doubt the times of this scanner. */
const SKEW_MS = 60_000
/** Beyond this a list may lack what was sold or taken back since. */
const OLD_LIST_MS = 5 * 60_000
const LOW_BATTERY = 20

/** What there is to say, the most important first. */
export function notesOf(view: ScannerView): Note[] {
  const { isReachable, waiting, waitingMs, skewMs, batteryPercent } = view
  const lost = view.missingCount - waiting // what waits here has not been lost
  const notes: (Note | false | undefined)[] = [
    isReachable
      ? { name: 'connection', text: 'Online', tone: 'good' }
      : { name: 'connection', text: 'Offline', tone: 'warning' },
    {
      name: 'waiting',
      text: waiting === 0 ? 'All uploaded' : `${formatCount(waiting)} to upload${since(waitingMs)}`,
      tone: waiting === 0 ? 'quiet' : 'warning',
    },
    listNote(view),
    lost > 0 && {
      name: 'missing',
      text: lost === 1 ? '1 scan did not arrive' : `${formatCount(lost)} scans did not arrive`,
      tone: 'alarm',
    },
    view.damaged > 0 && {
      name: 'damaged',
      text: `${formatCount(view.damaged)} kept scans cannot be read`,
      tone: 'alarm',
    },
    view.isStoreFailing && { name: 'store', text: 'Storage fails', tone: 'alarm' },
    Math.abs(skewMs) > SKEW_MS && {
      name: 'clock',
      text: `Clock ${formatAge(Math.abs(skewMs))} ${skewMs > 0 ? 'fast' : 'slow'}`,
      tone: 'alarm',
    },
    batteryPercent !== undefined && {
      name: 'battery',
      text: `Battery ${batteryPercent} %`,
      tone: batteryPercent < LOW_BATTERY ? 'alarm' : 'quiet',
    },
  ]
  return notes.filter((note): note is Note => Boolean(note))
}

function since(ms: number | undefined): string {
  return ms === undefined ? '' : ` for ${formatAge(ms)}`
}

function listNote({ list }: ScannerView): Note {
  if (!list.isComplete || list.ageMs === undefined) {
    return { name: 'list', text: 'No ticket list', tone: 'alarm' }
  }
  const age = formatAge(Math.max(0, list.ageMs))
  return {
    name: 'list',
    text: `List ${age} old`,
    tone: list.ageMs > OLD_LIST_MS ? 'warning' : 'quiet',
  }
}
