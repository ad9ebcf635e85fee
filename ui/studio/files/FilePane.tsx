import { Alert, Center, Loader, ScrollArea } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RolesFile } from '#definitions'
import type { FindingView } from '#engine/contract'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { DiagramCanvas } from '../diagram/DiagramCanvas.tsx'
import type { Diagram } from '../diagram/DiagramServices.ts'
import { markFindings } from '../diagram/markFindings.ts'
import type { DiagramState } from '../diagram/useDiagram.ts'
import { FormEditor } from '../forms/FormEditor.tsx'
import { keyOfPath, type PackModel } from '../pack/packModel.ts'
import { PanelContext, type PanelContextValue } from '../properties/PanelContext.ts'
import { PropertiesPanel } from '../properties/PropertiesPanel.tsx'
import { processOf } from '../properties/processOf.ts'
import { textOf } from '../wf/moddle.ts'
import { EntityOverview } from './EntityOverview.tsx'
import { RolesOverview } from './RolesOverview.tsx'
import { TemplateEditor } from './TemplateEditor.tsx'
import { TextView } from './TextView.tsx'
import classes from './FilePane.module.css'

interface Props {
  path: string | null
  text: string | undefined
  installedText: string | undefined
  showText: boolean
  pack: PackModel
  /** Step to select when the diagram opens. */
  at: string | null
  diagram: Diagram | null
  drawing: DiagramState | null
  findings: FindingView[]
  onDiagram: (diagram: Diagram | null) => void
  onChange: (path: string, text: string) => void
  onDrawn: (path: string, xml: string) => void
  openFile: (path: string) => void
  createForm: (suggested: string, title: string, entity: string | null) => string
}

/** The open file in the editor that suits it, or as text. */
export function FilePane(props: Props) {
  const { t } = useTranslation()
  const { path, text, showText, pack } = props
  if (path === null) return <EmptyNote title={t('studio.noFile')} />
  if (text === undefined)
    return (
      <Center>
        <Loader aria-label={t('studio.loading')} />
      </Center>
    )
  if (path.endsWith('.bpmn') && !showText) return <ProcessPane {...props} path={path} text={text} />
  const asText = (
    <TextView
      path={path}
      text={text}
      {...(path.endsWith('.bpmn') ? {} : { onChange: (changed: string) => props.onChange(path, changed) })}
    />
  )
  return (
    <div className={classes.file}>
      {showText ? asText : (editorFor(path, text, pack, (changed) => props.onChange(path, changed)) ?? asText)}
    </div>
  )
}

function editorFor(path: string, text: string, pack: PackModel, onChange: (text: string) => void) {
  const key = keyOfPath(path)
  const entity = pack.entities[key]
  if (path.startsWith('forms/') && pack.forms[key])
    return <FormEditor definition={pack.forms[key].definition} pack={pack} onChange={onChange} />
  if (path.startsWith('entities/') && entity) return <EntityOverview entity={entity} pack={pack} />
  if (path.startsWith('templates/')) return <TemplateEditor text={text} onChange={onChange} />
  if (path === 'roles.json' && pack.roles.length > 0) {
    return (
      <RolesOverview roles={JSON.parse(text) as RolesFile} titleOf={(thing) => pack.entities[thing]?.title ?? thing} />
    )
  }
  return null
}

/** The drawing and the properties of what is selected in it. */
function ProcessPane(props: Props & { path: string; text: string }) {
  const { t } = useTranslation()
  const { path, text, pack, diagram, drawing, at, findings } = props
  const [problem, setProblem] = useState<string | null>(null)
  const process = useMemo(() => (diagram && drawing ? processOf(diagram) : null), [diagram, drawing])
  useEffect(() => {
    const element = at ? diagram?.get('elementRegistry').get(at) : undefined
    if (!diagram || !element) return
    diagram.get('selection').select(element)
    diagram.get('canvas').scrollToElement(element, 80)
  }, [diagram, at])
  useEffect(() => (diagram ? markFindings(diagram, findings) : undefined), [diagram, findings])

  const entity = pack.entities[process ? textOf(process, 'wf:entity') : ''] ?? null
  const context: PanelContextValue | null = diagram && {
    diagram,
    pack,
    process,
    processKey: keyOfPath(path),
    entity,
    isInstalled: (id) => props.installedText?.includes(`id="${id}"`) ?? false,
    openFile: props.openFile,
    createForm: (suggested, title) => props.createForm(suggested, title, entity?.key ?? null),
  }
  if (problem !== null)
    return (
      <Alert color="red" role="alert" m={16} title={t('studio.unreadable')}>
        {problem}
      </Alert>
    )
  return (
    <div className={classes.process}>
      <DiagramCanvas
        xml={text}
        onReady={props.onDiagram}
        onChange={(xml) => props.onDrawn(path, xml)}
        onProblem={setProblem}
      />
      <ScrollArea className={classes.properties} type="auto" component="aside" aria-label={t('studio.properties')}>
        <div className={classes.inner}>
          {context && drawing && (
            <PanelContext.Provider value={context}>
              <PropertiesPanel element={drawing.element} />
            </PanelContext.Provider>
          )}
        </div>
      </ScrollArea>
    </div>
  )
}
