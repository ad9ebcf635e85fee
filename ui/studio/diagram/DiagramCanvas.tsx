import { ActionIcon, Button, Group } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createDiagram } from './createDiagram.ts'
import type { Diagram } from './DiagramServices.ts'
import { showWhole, showReadable, zoomBy } from './zoom.ts'
import classes from './DiagramCanvas.module.css'

interface Props {
  /** Imported when the component is mounted; give another `key` to show another file. */
  xml: string
  onReady: (diagram: Diagram | null) => void
  /** The file after each change, written by the editor. */
  onChange: (xml: string) => void
  onProblem: (message: string) => void
}

/** The drawing area. The bpmn.io mark that it draws at the lower right must stay visible (licence). */
export function DiagramCanvas({ xml, onReady, onChange, onProblem }: Props) {
  const { t, i18n } = useTranslation()
  const host = useRef<HTMLDivElement>(null)
  const handlers = useRef({ onReady, onChange, onProblem })
  useEffect(() => {
    handlers.current = { onReady, onChange, onProblem }
  })
  const language = i18n.language
  const first = useRef(xml)
  const [shown, setShown] = useState<Diagram | null>(null)

  useEffect(() => {
    if (!host.current) return
    const diagram = createDiagram(language)
    let alive = true
    diagram.attachTo(host.current)
    const changed = async () => {
      const { xml: written } = await diagram.saveXML({ format: true })
      if (alive && written) handlers.current.onChange(written)
    }
    diagram
      .importXML(first.current)
      .then(() => {
        if (!alive) return
        showReadable(diagram)
        setShown(diagram)
        diagram.get('eventBus').on('commandStack.changed', () => void changed())
        handlers.current.onReady(diagram)
      })
      .catch((error: unknown) => {
        if (alive) handlers.current.onProblem(error instanceof Error ? error.message : String(error))
      })
    const resize = new ResizeObserver(() => diagram.get('canvas').resized())
    resize.observe(host.current)
    return () => {
      alive = false
      resize.disconnect()
      setShown(null)
      handlers.current.onReady(null)
      diagram.destroy()
    }
  }, [language])

  const zoom = (change: (diagram: Diagram) => void) => () => shown && change(shown)
  return (
    <section className={classes.frame} aria-label={t('studio.canvas')}>
      <div ref={host} className={classes.canvas} />
      <Group gap={4} className={classes.zoom}>
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t('studio.zoom.out')}
          onClick={zoom((diagram) => zoomBy(diagram, 1 / 1.25))}
        >
          <IconMinus size={16} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t('studio.zoom.in')}
          onClick={zoom((diagram) => zoomBy(diagram, 1.25))}
        >
          <IconPlus size={16} />
        </ActionIcon>
        <Button variant="default" size="compact-sm" onClick={zoom(showWhole)}>
          {t('studio.zoom.whole')}
        </Button>
      </Group>
    </section>
  )
}
