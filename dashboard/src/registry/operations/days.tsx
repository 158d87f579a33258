import { Choice } from '../../chart/choice.tsx'

const DAYS = [
  { value: '1', text: '1 day' },
  { value: '7', text: '7 days' },
  { value: '30', text: '30 days' },
] as const

export type Days = (typeof DAYS)[number]['value']

/** Over how long requests are counted. */
export function DaysChoice({ days, onChoose }: { days: Days; onChoose: (days: Days) => void }) {
  return <Choice label="Over how long" options={DAYS} value={days} onChoose={onChoose} />
}
