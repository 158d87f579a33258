import encode from 'qr'
import { describe, expect, it } from 'vitest'
import { decodePicture } from './decode-picture.ts'

const MARGIN = 4

/** A picture of a QR code, as a camera that stands straight before it sees it. */
function pictureOf(text: string, pixels: number): ImageData {
  const rows = encode(text, 'raw', { border: MARGIN })
  const width = rows.length * pixels
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const value = rows[Math.floor(y / pixels)]?.[Math.floor(x / pixels)] ? 20 : 235
      data.fill(value, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return { data, width, height: width, colorSpace: 'srgb' } as ImageData
}

describe('decodePicture', () => {
  it('reads a ticket code of full length', () => {
    const code = `HC1.${'k'.repeat(36)}.${'p'.repeat(70)}.${'s'.repeat(86)}`
    expect(decodePicture(pictureOf(code, 6))).toBe(code)
  })

  it('finds nothing in a picture without a code', () => {
    const data = new Uint8ClampedArray(200 * 200 * 4).fill(255)
    expect(decodePicture({ data, width: 200, height: 200, colorSpace: 'srgb' } as ImageData)).toBeUndefined()
  })
})
