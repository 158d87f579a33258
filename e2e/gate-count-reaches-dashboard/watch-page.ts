import type { Page } from 'playwright-core'

/** A number that the page has shown. */
export interface ShownCount {
  readonly seq: number
  readonly inside: number
  readonly admitted: number
  /** The digits that a person reads. */
  readonly text: string
}

/** What the page has shown so far. */
export interface Shown {
  /** Each count once, in order. */
  readonly counts: readonly ShownCount[]
  /** Each state of the connection, when it changed; `stale` also where the number was marked as old. */
  readonly states: readonly string[]
}

// In the browser: after each change of the page it notes what stands there, so that nothing between two looks is missed.
const WATCH = `
window.shown = { counts: [], states: [] }
const look = () => {
  const { counts, states } = window.shown
  const number = document.querySelector('[data-testid=inside]')
  const state = document.querySelector('[data-testid=connection]')?.dataset.state
  if (number?.dataset.seq !== undefined && counts.at(-1)?.seq !== Number(number.dataset.seq)) {
    const { seq, inside, admitted } = number.dataset
    counts.push({ seq: +seq, inside: +inside, admitted: +admitted, text: number.textContent.replace(/\\D/g, '') })
  }
  const now = number?.dataset.stale === 'true' && state === 'live' ? 'stale' : state
  if (now !== undefined && states.at(-1) !== now) states.push(now)
}
new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
`

/** Watches a page that is not open yet. */
export async function watchPage(page: Page): Promise<() => Promise<Shown>> {
  await page.addInitScript(WATCH)
  return () => page.evaluate<Shown>('window.shown')
}

/** Signs in as a person does and waits for the live count of the event that runs. */
export async function signInOnPage(
  page: Page,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(url)
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', password)
  await page.click('button[type=submit]')
  await page.waitForSelector('[data-testid=connection][data-state=live]', { timeout: 60_000 })
}
