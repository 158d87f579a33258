import { accessSync, constants } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

const executablePath = findChromium()

/** Why no browser can be had, with the command that helps; undefined where there is one. */
export const noBrowserReason = executablePath
  ? undefined
  : 'no Chromium: `apt-get install chromium`, or set CHROMIUM_PATH'

if (noBrowserReason && process.env.CI === 'true') throw new Error(noBrowserReason)

/** Starts Chromium without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    // Containers have neither a sandbox for root nor a large /dev/shm.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}
