/** Long enough for a code anywhere in a picture, short enough for ten looks a second on an old telephone (px). */
const SIDE = 800

/** What the QR code in a picture or a frame of the camera says; null: none is seen. */
export async function readPicture(
  source: CanvasImageSource,
  width: number,
  height: number,
  canvas: HTMLCanvasElement = document.createElement('canvas'),
): Promise<string | null> {
  if (width === 0 || height === 0) return null
  const { default: jsQR } = await import('jsqr')
  const scale = Math.min(1, SIDE / Math.max(width, height))
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  return jsQR(data, canvas.width, canvas.height)?.data || null
}
