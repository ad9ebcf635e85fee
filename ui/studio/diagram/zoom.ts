import type { Diagram } from './DiagramServices.ts'

/** Below this scale names cannot be read. */
const readable = 0.75
/** Room for the palette at the left, in pixels. */
const margin = 72

/** The whole diagram when that can be read, otherwise its beginning at a scale that can. */
export function showReadable(diagram: Diagram): void {
  const canvas = diagram.get('canvas')
  if (showWhole(diagram) >= readable) return
  const { inner, outer } = canvas.viewbox()
  canvas.viewbox({
    x: inner.x - margin / readable,
    y: inner.y + inner.height / 2 - outer.height / readable / 2,
    width: outer.width / readable,
    height: outer.height / readable,
  })
}

/** Everything beside the palette, never larger than life; gives the scale. */
export function showWhole(diagram: Diagram): number {
  const canvas = diagram.get('canvas')
  const { inner, outer } = canvas.viewbox()
  const room = 24
  const scale = Math.min(1, (outer.width - margin - room) / inner.width, (outer.height - 2 * room) / inner.height)
  // A hidden canvas has no size yet.
  if (!(scale > 0)) return canvas.zoom()
  canvas.viewbox({
    x: inner.x - margin / scale,
    y: inner.y + inner.height / 2 - outer.height / scale / 2,
    width: outer.width / scale,
    height: outer.height / scale,
  })
  return scale
}

export function zoomBy(diagram: Diagram, factor: number): void {
  const canvas = diagram.get('canvas')
  canvas.zoom(Math.min(3, Math.max(0.2, canvas.zoom() * factor)))
}
