import { describe, expect, it } from 'vitest'
import { CodeRecogniser } from './code-recogniser.ts'

/** Types a text with so many milliseconds between two keys; the code that came out, if any. */
function type(text: string, gapMs: number, recogniser = new CodeRecogniser()): string | undefined {
  let code: string | undefined
  let at = 5000
  for (const key of [...text, 'Enter']) {
    code = recogniser.press({ key, at })
    at += gapMs
  }
  return code
}

describe('CodeRecogniser', () => {
  it('takes a run of quick keys that ends with Enter for a code', () => {
    expect(type('HC1.key.payload.signature', 12)).toBe('HC1.key.payload.signature')
    expect(type('HC1.key.payload.signature', 100)).toBe('HC1.key.payload.signature')
  })

  it('leaves a person alone who types and presses Enter', () => {
    expect(type('HC1.key.payload', 101)).toBeUndefined()
  })

  it('does not cut a code in two where a busy device holds a key back', () => {
    const recogniser = new CodeRecogniser()
    const [first, second] = ['HC', '1.key.payload']
    for (const [index, key] of [...first].entries()) recogniser.press({ key, at: index * 10 })
    for (const [index, key] of [...second].entries()) recogniser.press({ key, at: 450 + index * 10 })
    expect(recogniser.press({ key: 'Enter', at: 600 })).toBe('HC1.key.payload')
  })

  it('does not take a quick word for a code', () => {
    expect(type('abc', 10)).toBeUndefined()
  })

  it('begins anew after a pause, so that what was typed before is no part of the code', () => {
    const recogniser = new CodeRecogniser()
    recogniser.press({ key: 'x', at: 4000 })
    expect(type('4006381333931', 10, recogniser)).toBe('4006381333931')
  })

  it('cuts off a key that was pressed just before a ticket was scanned', () => {
    const recogniser = new CodeRecogniser()
    recogniser.press({ key: 'x', at: 4800 })
    expect(type('HC1.abc', 10, recogniser)).toBe('HC1.abc')
  })

  it('passes over keys that stand for no character', () => {
    const recogniser = new CodeRecogniser()
    const keys = ['Shift', 'H', 'Shift', 'C', '1', '.', 'a', 'b', 'Enter']
    expect(keys.map((key, index) => recogniser.press({ key, at: index * 10 })).at(-1)).toBe('HC1.ab')
  })

  it('gives each code once, and none that is longer than the platform reads', () => {
    const recogniser = new CodeRecogniser()
    expect(type('HC1.abc', 10, recogniser)).toBe('HC1.abc')
    expect(recogniser.press({ key: 'Enter', at: 5090 })).toBeUndefined()
    expect(type('x'.repeat(1025), 1)).toBeUndefined()
  })
})
