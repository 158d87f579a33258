/** The part of the Battery Status API that is used here; not every browser has it. */
interface Battery {
  /** 0 to 1. */
  level: number
}

/** Charge in per cent, 0 to 100; undefined where the browser does not tell. */
export async function batteryPercent(): Promise<number | undefined> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> }
  const battery = await getBattery?.call(navigator).catch(() => undefined)
  return battery && Math.round(battery.level * 100)
}
