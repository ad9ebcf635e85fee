import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { createDiagram } from './createDiagram.ts'
import type { Diagram } from './DiagramServices.ts'
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
        diagram.get('canvas').zoom('fit-viewport', 'auto')
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
      handlers.current.onReady(null)
      diagram.destroy()
    }
  }, [language])

  return <div ref={host} className={classes.canvas} role="region" aria-label={t('studio.canvas')} />
}
