import { useEffect, useRef, useState } from 'react'
import { readPicture } from './readPicture.ts'

export type CameraState = 'starting' | 'looking' | 'refused' | 'missing'
const LOOK_EVERY_MS = 120

/** The camera behind a video element, looking for a QR code until one is read; it is switched off with the component. */
export function useCamera(onRead: (text: string) => void) {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>('starting')
  const tell = useRef(onRead)
  tell.current = onRead
  useEffect(() => {
    let stream: MediaStream | null = null
    let timer = 0
    let over = false
    const canvas = document.createElement('canvas')
    const look = async () => {
      const element = video.current
      const text = element ? await readPicture(element, element.videoWidth, element.videoHeight, canvas) : null
      if (over) return
      if (text) tell.current(text)
      else timer = window.setTimeout(() => void look(), LOOK_EVERY_MS)
    }
    const start = async () => {
      // Browsers give the camera only to pages on https (or on this machine).
      if (!('mediaDevices' in navigator)) return setState('missing')
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      } catch (error) {
        if (!over) setState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'missing')
        return
      }
      if (over || !video.current) return stream.getTracks().forEach((track) => track.stop())
      video.current.srcObject = stream
      setState('looking')
      await video.current.play().catch(() => undefined)
      void look()
    }
    void start()
    return () => {
      over = true
      window.clearTimeout(timer)
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [])
  return { video, state }
}
