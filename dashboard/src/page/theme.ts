/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark'

const ORDER: readonly Theme[] = ['auto', 'light', 'dark']
const STORAGE_KEY = 'headcount.theme'

export function nextTheme(theme: Theme): Theme {
  return ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? 'auto'
}

export function readTheme(storage: Pick<Storage, 'getItem'>): Theme {
  const stored = storage.getItem(STORAGE_KEY)
  return ORDER.find((theme) => theme === stored) ?? 'auto'
}

export function applyTheme(theme: Theme, root: HTMLElement, storage: Pick<Storage, 'setItem'>): void {
  root.dataset['theme'] = theme
  storage.setItem(STORAGE_KEY, theme)
}
