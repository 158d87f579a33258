import { useState } from 'react'
import { applyTheme, nextTheme, readTheme, type Theme } from './theme.ts'

const NAMES: Readonly<Record<Theme, string>> = { auto: 'Automatic', light: 'Light', dark: 'Dark' }

export function ThemeToggle() {
  const [theme, setTheme] = useState(() => readTheme(localStorage))
  const next = nextTheme(theme)
  const change = () => {
    applyTheme(next, document.documentElement, localStorage)
    setTheme(next)
  }
  return (
    <button
      type="button"
      className="button button-plain"
      data-testid="theme"
      aria-label={`Colours: ${NAMES[theme]}. Change to ${NAMES[next]}.`}
      title={`Colours: ${NAMES[theme]}`}
      onClick={change}
    >
      <span className={`theme-icon theme-icon-${theme}`} aria-hidden="true" />
    </button>
  )
}
