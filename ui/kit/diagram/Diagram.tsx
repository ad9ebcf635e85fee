import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css'
import { ActionIcon } from '@mantine/core'
import { IconMinus, IconPlus, IconZoomScan } from '@tabler/icons-react'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstancePageView } from '#engine/contract'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import classes from './diagram.module.css'

interface Canvas {
  addMarker(element: string, marker: string): void
  zoom(scale: number | 'fit-viewport', center?: 'auto'): number
  scrollToElement(element: string, padding: number): void
}
interface Registry {
  get(element: string): { type: string } | undefined
}

/** Below this scale names cannot be read: a large process opens where it stands instead of whole. */
const legible = 0.55
const comfortable = 0.8
const aside = new Set(['SubProcess', 'BoundaryEvent'])

/** The process as a picture, read only. The bpmn.io mark of the library stays visible and linked: its licence asks so. */
export default function Diagram({ page }: { page: InstancePageView }) {
  const { t } = useTranslation()
  const stage = useRef<HTMLDivElement>(null)
  const canvas = useRef<Canvas | null>(null)
  const [failure, setFailure] = useState<unknown>(null)

  useEffect(() => {
    const viewer = new NavigatedViewer({ container: stage.current! })
    let gone = false
    viewer
      .importXML(page.xml)
      .then(() => {
        if (gone) return
        const here = viewer.get<Canvas>('canvas')
        const registry = viewer.get<Registry>('elementRegistry')
        canvas.current = here
        const typeOf = (id: string) => registry.get(id)?.type.replace('bpmn:', '') ?? null
        // A frame around steps is not a step, and a way out that merely waits is not where the case stands.
        const done = page.visits.filter(({ id }) => typeOf(id) !== null && typeOf(id) !== 'SubProcess')
        const open = page.open.filter((id) => typeOf(id) !== null && !aside.has(typeOf(id)!))
        for (const { id } of done) here.addMarker(id, 'cauce-done')
        for (const id of open) here.addMarker(id, 'cauce-open')
        if (here.zoom('fit-viewport', 'auto') < legible && open[0]) {
          here.zoom(comfortable)
          here.scrollToElement(open[0], 160)
        }
      })
      .catch((error: unknown) => {
        if (!gone) setFailure(error)
      })
    return () => {
      gone = true
      canvas.current = null
      viewer.destroy()
    }
  }, [page])

  const zoomBy = (factor: number) => canvas.current?.zoom(canvas.current.zoom(undefined as never) * factor, 'auto')
  if (failure) return <ErrorNote error={failure} />
  return (
    <div className={classes.canvas} role="group" aria-label={t('kit.diagram.picture', { name: page.title })}>
      <div ref={stage} className={classes.stage} />
      <div className={classes.zoom}>
        <ActionIcon variant="default" aria-label={t('kit.diagram.zoomOut')} onClick={() => zoomBy(0.8)}>
          <IconMinus aria-hidden size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('kit.diagram.zoomIn')} onClick={() => zoomBy(1.25)}>
          <IconPlus aria-hidden size={16} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t('kit.diagram.fit')}
          onClick={() => canvas.current?.zoom('fit-viewport', 'auto')}
        >
          <IconZoomScan aria-hidden size={16} />
        </ActionIcon>
      </div>
    </div>
  )
}
