import { useNow } from '../../page/use-now.ts'
import { localTimes, whenWords } from './when.ts'

/** When something was, RFC 3339. */
export function Time({ at }: { at: string }) {
  const now = useNow(15_000)
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={`${localTimes.dayAndMinute(ms)} ${localTimes.zoneName(ms)}`}>
      {whenWords(ms, now)}
    </time>
  )
}
