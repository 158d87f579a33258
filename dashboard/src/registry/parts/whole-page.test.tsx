import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { RegistryTrouble } from '../read-registry.ts'
import type { Known } from '../use-registry.ts'
import { WholePage } from './whole-page.tsx'

function show(known: Known<string>): string {
  return renderToStaticMarkup(
    <WholePage title="Versions" known={known}>
      {(value) => <main>{value}</main>}
    </WholePage>,
  )
}

const trouble = (kind: RegistryTrouble['kind']) => ({
  value: undefined,
  trouble: { kind, message: 'As the registry said it.' },
})

describe('a page of one answer', () => {
  it.each([
    ['refused', 'people who look after the platform'],
    ['absent', 'There is no registry here'],
    ['missing', 'The registry does not know it'],
    ['unreachable', 'This page keeps trying'],
    ['unsuited', 'As the registry said it.'],
  ] as const)('says in plain words that it is %s', (kind, words) => {
    const page = show(trouble(kind))
    expect(page).toContain(words)
    expect(page).toContain('role="alert"')
  })

  it('keeps what was there, and says that it is old, while the registry does not answer', () => {
    const page = show({ value: 'Version 12', trouble: { kind: 'unreachable', message: '' } })
    expect(page).toContain('<main>Version 12</main>')
    expect(page).toContain('this is what it said last')
  })

  it('says that it loads, and no trouble', () => {
    const page = show({ value: undefined, trouble: undefined })
    expect(page).toContain('Loading…')
    expect(page).not.toContain('role="alert"')
  })
})
