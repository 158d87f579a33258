import { type RefObject, useEffect, useRef, useState } from 'react'
import { readFrames } from './read-frames.ts'

/** What the camera is doing. */
export type CameraState = 'off' | 'starting' | 'looking' | 'denied' | 'missing' | 'failed'

/** Runs the camera while `isOn`, into the video element, and calls `onCode` with what it reads. */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  isOn: boolean,
  onCode: (code: string) => void,
): CameraState {
  const [state, setState] = useState<CameraState>('off')
  const latest = useRef(onCode)
  useEffect(() => {
    latest.current = onCode
  })
  useEffect(() => {
    const element = video.current
    if (!isOn || !element) return setState('off')
    const ending = new AbortController()
    setState('starting')
    const onState = (next: CameraState) => !ending.signal.aborted && setState(next)
    void runCamera({ video: element, onCode: (code) => latest.current(code), onState, signal: ending.signal })
    return () => ending.abort()
  }, [isOn, video])
  return state
}

interface CameraRun {
  video: HTMLVideoElement
  onCode: (code: string) => void
  onState: (state: CameraState) => void
  signal: AbortSignal
}

async function runCamera({ video, onCode, onState, signal }: CameraRun): Promise<void> {
  let stream: MediaStream | undefined
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    })
    if (signal.aborted) return // the next run may have the element already
    video.srcObject = stream
    await video.play()
    onState('looking')
    await readFrames(video, onCode, signal)
    onState('failed') // the camera was unplugged, or the system took it away
  } catch (error) {
    onState(whyNot(error))
  } finally {
    for (const track of stream?.getTracks() ?? []) track.stop()
  }
}

function whyNot(error: unknown): CameraState {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError') return 'denied'
  return name === 'NotFoundError' || name === 'TypeError' ? 'missing' : 'failed'
}
