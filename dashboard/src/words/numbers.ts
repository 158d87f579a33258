/** One language for the whole page: its texts are English, so are its numbers. */
const LOCALE = 'en-GB'

const wholes = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 })

/** `47,013`. */
export function formatCount(count: number): string {
  return wholes.format(count)
}

/** `62 %`; 99.7 % does not become 100 %, since 100 % means full. */
export function formatShare(share: number): string {
  return `${wholes.format(Math.floor(share * 100 + 1e-9))} %`
}

/** `1,064 / min`, whole people. */
export function formatRate(perMinute: number): string {
  return `${wholes.format(Math.round(perMinute))} / min`
}
