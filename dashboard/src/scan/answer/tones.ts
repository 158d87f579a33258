import type { Face } from './answer.ts'

/** One sound after the other: hertz, and seconds. */
type Tone = readonly { hertz: number; seconds: number }[]

/** Up and bright, or low and long: told apart in a crowd, and by who cannot see the screen. */
const TONES: Readonly<Record<Face, Tone>> = {
  go: [
    { hertz: 880, seconds: 0.09 },
    { hertz: 1320, seconds: 0.16 },
  ],
  care: [
    { hertz: 880, seconds: 0.09 },
    { hertz: 880, seconds: 0.09 },
    { hertz: 1320, seconds: 0.16 },
  ],
  stop: [
    { hertz: 185, seconds: 0.28 },
    { hertz: 139, seconds: 0.42 },
  ],
}

/** The same for a hand that holds the device, in milliseconds: on, off, on, … */
const BUZZES: Readonly<Record<Face, number[]>> = { go: [70], care: [70, 70, 70], stop: [300, 100, 300] }

const VOLUME = 0.5
/** A sound that could not begin by then is left out: once the page is touched, all that were held back would sound together. */
const LATEST_MS = 500
const FADE_S = 0.02

/** Sounds and shakes an answer. Browsers stay silent until somebody has touched the page. */
export class Tones {
  #context: AudioContext | undefined

  play(face: Face): void {
    navigator.vibrate?.(BUZZES[face])
    // Who sees the answer needs no sound: a device without one works on.
    void this.#play(face).catch(() => undefined)
  }

  async #play(face: Face): Promise<void> {
    const askedAt = performance.now()
    this.#context ??= new AudioContext()
    await this.#context.resume()
    if (performance.now() - askedAt > LATEST_MS) return
    let at = this.#context.currentTime
    for (const { hertz, seconds } of TONES[face]) {
      this.#sound(this.#context, { hertz, at, until: at + seconds })
      at += seconds
    }
  }

  #sound(context: AudioContext, { hertz, at, until }: { hertz: number; at: number; until: number }): void {
    const source = new OscillatorNode(context, { type: hertz < 400 ? 'square' : 'sine', frequency: hertz })
    const volume = new GainNode(context, { gain: 0 })
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(VOLUME, at + FADE_S)
    volume.gain.setValueAtTime(VOLUME, until - FADE_S)
    volume.gain.linearRampToValueAtTime(0, until)
    source.connect(volume).connect(context.destination)
    source.start(at)
    source.stop(until)
  }
}
