import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What the operator sees after an attempt. */
export interface ShownAnswer {
  /** `go`, `care` or `stop`. */
  readonly face: string | null
  readonly isOffline: boolean
  readonly text: string
}

const ANSWER = '[data-testid=answer]'

/** The scanner's page, as who stands at the gate uses it. */
export interface ScannerPage {
  /** Reads a code with a hardware scanner: it types, then Enter. Answers what the screen then says. */
  scan(code: string): Promise<ShownAnswer>
  /** What the status line says of something: `connection`, `waiting`, `list`. */
  status(name: string): Promise<string | null>
  /** Resolves when the scanner can decide by itself and has uploaded everything. */
  untilSettled(): Promise<void>
}

/** Enrols the browser by the address that an organiser's QR code holds, and waits until it can scan. */
export async function openScannerPage(page: Page, url: string, enrolmentToken: string): Promise<ScannerPage> {
  await page.goto(`${url}/scan#enrol=${enrolmentToken}`)
  await untilReady(page)
  const status = (name: string) => page.locator(`[data-testid=scan-${name}]`).textContent()
  return {
    status,
    async scan(code) {
      const before = await shownScan(page)
      await page.keyboard.type(code)
      await page.keyboard.press('Enter')
      await expect
        .poll(async () => (await shownScan(page)) ?? before, { timeout: 10_000, interval: 20 })
        .not.toBe(before)
      return readAnswer(page)
    },
    async untilSettled() {
      const isSettled = async () => [
        await status('waiting'),
        await page.getByTestId('scan-undecided').count(),
      ]
      await expect.poll(isSettled, { timeout: 60_000 }).toEqual(['All uploaded', 0])
    },
  }
}

/** Resolves when the page takes codes. */
export async function untilReady(page: Page): Promise<void> {
  await page.getByText('Ready to scan').waitFor({ timeout: 30_000 })
}

/** Invites a scanner as an organiser does: on the event's page, which shows the token once. */
export async function inviteScanner(page: Page, name: string): Promise<string> {
  const panel = page.getByTestId('scanners')
  await panel.getByLabel('Name of the new scanner').fill(name)
  await panel.getByRole('button', { name: 'Make a code' }).click()
  await panel.getByRole('img').waitFor()
  return (await panel.getByTestId('invitation').locator('code').textContent()) ?? ''
}

async function shownScan(page: Page): Promise<string | undefined> {
  const answer = page.locator(ANSWER)
  return (await answer.count()) === 0 ? undefined : ((await answer.getAttribute('data-scan')) ?? undefined)
}

async function readAnswer(page: Page): Promise<ShownAnswer> {
  const answer = page.locator(ANSWER)
  return {
    face: await answer.getAttribute('data-face'),
    isOffline: (await answer.getAttribute('data-offline')) === 'true',
    text: (await answer.textContent()) ?? '',
  }
}
