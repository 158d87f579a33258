import { useSyncExternalStore } from 'react'

const dark = window.matchMedia('(prefers-color-scheme: dark)')

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  dark.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    dark.removeEventListener('change', listener)
  }
}

/** Changes whenever the page's colours do, for what the style sheet cannot reach. */
export function useThemeKey(): string {
  return useSyncExternalStore(subscribe, () => `${document.documentElement.dataset['theme']} ${dark.matches}`)
}
