import decode from 'qr/decode.js'

/** The text of the QR code in a picture; undefined where it shows none. In a file of its own: loaded only when needed. */
export function decodePicture(picture: ImageData): string | undefined {
  try {
    return decode(picture)
  } catch {
    return undefined // the library throws where it finds nothing
  }
}
