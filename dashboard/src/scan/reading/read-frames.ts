/** Finds QR codes in a picture: the browser's own detector, or ours of the same form. */
interface Detector {
  detect: (image: CanvasImageSource) => Promise<readonly { rawValue: string }[]>
}

type DetectorClass = (new (options: {
  formats: string[]
}) => Detector) & {
  getSupportedFormats: () => Promise<readonly string[]>
}

/** Ten looks a second: quicker than a hand moves, and a phone stays cool. */
const LOOK_MS = 100
/** Our own detector needs no more than this to find a ticket's code, in pixels. */
const WIDTH = 720

/**
 * Calls `onCode` with each code that a video shows, until the signal or the camera ends it. Rejects where no detector can
 * be had.
 */
export async function readFrames(
  video: HTMLVideoElement,
  onCode: (code: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const detector = await openDetector()
  while (!signal.aborted && !video.ended) {
    if (video.readyState >= video.HAVE_CURRENT_DATA) {
      const codes = await detector.detect(video).catch(() => []) // a frame that cannot be read is followed by another
      for (const { rawValue } of codes) if (rawValue !== '' && !signal.aborted) onCode(rawValue)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** The browser's own one is quicker and uses less of the battery; not every browser has one, or one for QR codes. */
async function openDetector(): Promise<Detector> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  const formats = own ? await own.getSupportedFormats().catch(() => []) : []
  if (own && formats.includes('qr_code')) return new own({ formats: ['qr_code'] })
  const { decodePicture } = await import('./decode-picture.ts')
  return pictureDetector(decodePicture)
}

type DecodePicture = (picture: ImageData) => string | undefined

function pictureDetector(decode: DecodePicture): Detector {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser cannot look at pictures.')
  return {
    async detect(image) {
      const video = image as HTMLVideoElement
      const scale = Math.min(1, WIDTH / video.videoWidth)
      canvas.width = Math.round(video.videoWidth * scale)
      canvas.height = Math.round(video.videoHeight * scale)
      context.drawImage(video, 0, 0, canvas.width, canvas.height)
      const rawValue = decode(context.getImageData(0, 0, canvas.width, canvas.height))
      return rawValue === undefined ? [] : [{ rawValue }]
    },
  }
}
