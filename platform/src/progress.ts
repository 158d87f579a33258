/** Says to a person who waits what is being done. */
export interface Progress {
  /** Something has begun that takes a while. */
  step(text: string): void
  /** Something is there now. */
  done(text: string): void
}

/** Progress as lines of text with the seconds since the start. */
export function textProgress(write: (line: string) => void): Progress {
  const startedAt = performance.now()
  const line = (mark: string, text: string) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)
    write(`${seconds} s ${mark} ${text}`)
  }
  return { step: (text) => line('…', text), done: (text) => line('✓', text) }
}

/** Progress that nobody reads. */
export const silentProgress: Progress = { step() {}, done() {} }
