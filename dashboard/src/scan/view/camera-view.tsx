import { useRef } from 'react'
import { type CameraState, useCamera } from '../reading/use-camera.ts'

const WORDS: Readonly<Record<CameraState, string | undefined>> = {
  off: undefined,
  starting: 'Starting the camera…',
  looking: undefined,
  denied: 'The camera is not allowed for this page. Allow it in the browser’s settings, or type the code.',
  missing: 'This device has no camera that this page may use. Type the code, or use a hardware scanner.',
  failed: 'The camera does not start: another program may have it. Close that and try again.',
}

interface CameraViewProps {
  isOn: boolean
  onCode: (code: string) => void
  onSwitch: (isOn: boolean) => void
}

/** The camera's picture with its switch. */
export function CameraView({ isOn, onCode, onSwitch }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null)
  const state = useCamera(video, isOn, onCode)
  const words = WORDS[state]
  return (
    <div className="scan-camera" data-testid="camera" data-state={state}>
      <div className="scan-picture" hidden={!isOn}>
        <video ref={video} muted playsInline aria-label="What the camera sees" />
        <span className="scan-frame" aria-hidden="true" />
      </div>
      {words && (
        <p className="quiet" role="status">
          {words}
        </p>
      )}
      <button type="button" className="button" onClick={() => onSwitch(!isOn)}>
        {isOn ? 'Stop the camera' : 'Use the camera'}
      </button>
    </div>
  )
}
