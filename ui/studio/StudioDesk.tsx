import { Alert, Text, Title } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { writeCanonical } from '#definitions'
import type { FindingView } from '#engine/contract'
import { ApiError } from '../client/http/ApiError.ts'
import { request } from '../client/http/request.ts'
import { errorText } from '../kit/feedback/errorText.ts'
import { CompareDialog } from './compare/CompareDialog.tsx'
import type { Diagram } from './diagram/DiagramServices.ts'
import { useDiagram } from './diagram/useDiagram.ts'
import { ConflictNote } from './draft/ConflictNote.tsx'
import { DraftBar } from './draft/DraftBar.tsx'
import { DraftQueue } from './draft/DraftQueue.ts'
import { FileHistory } from './draft/FileHistory.ts'
import { FilePane } from './files/FilePane.tsx'
import { FindingsPanel } from './findings/FindingsPanel.tsx'
import { mergeFindings } from './findings/mergeFindings.ts'
import { placeOfFinding } from './findings/placeOfFinding.ts'
import { useLocalFindings } from './findings/useLocalFindings.ts'
import { useServerFindings } from './findings/useServerFindings.ts'
import { NewFileDialog } from './pack/NewFileDialog.tsx'
import { newProcess } from './pack/newProcess.ts'
import { PackTree } from './pack/PackTree.tsx'
import { keyOfPath, packModel } from './pack/packModel.ts'
import { packTree } from './pack/packTree.ts'
import { titleOfFile } from './pack/titleOfFile.ts'
import { readDraft, useInstalledFile, useReloadPack, type StudioPack } from './pack/useStudioPack.ts'
import { MigrateDialog } from './publishing/MigrateDialog.tsx'
import { PublishDialog } from './publishing/PublishDialog.tsx'

import classes from './StudioDesk.module.css'

interface Props {
  name: string
  data: StudioPack
  chooser: ReactNode
}

/** Tree, drawing and properties; the findings below, the draft above. */
export function StudioDesk({ name, data, chooser }: Props) {
  const { t, i18n } = useTranslation()
  const wide = useMediaQuery('(min-width: 64em)', true)
  const [filesShown, setFilesShown] = useLocalStorage({ key: 'cauce.studio.files', defaultValue: true })
  const [search, setSearch] = useSearchParams()
  const [queue] = useState(
    () =>
      new DraftQueue({
        draft: data.draft,
        save: (path, text, revision) =>
          request('saveDraftFile', { params: { pack: name }, body: { path, text }, ifMatch: revision }),
        isStale: (error) => error instanceof ApiError && error.status === 412,
        describe: (error) => errorText(error, t, i18n.language),
      }),
  )
  const [history] = useState(() => new FileHistory())
  const version = useSyncExternalStore(queue.subscribe, () => queue.version)
  const [diagram, setDiagram] = useState<Diagram | null>(null)
  const drawing = useDiagram(diagram)
  const [showText, setShowText] = useState(false)
  const [dialog, setDialog] = useState<'compare' | 'publish' | 'migrate' | null>(null)
  const [creating, setCreating] = useState<string | null>(null)
  const [refused, setRefused] = useState<{ revision: number; findings: FindingView[] } | null>(null)
  /** Grows when files change from outside the editors (undo, conflict): they are drawn anew. */
  const [epoch, setEpoch] = useState(0)
  const reload = useReloadPack(name)

  const changed = queue.changedPaths()
  const files = useMemo(() => {
    const texts = { ...data.installed }
    for (const path of queue.changedPaths()) texts[path] = queue.text(path) ?? ''
    return texts
    // `version` stands for what the queue holds.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data.installed, queue, version])
  const pack = useMemo(() => packModel(files), [files])
  const titleOf = (path: string) => titleOfFile(path, files[path], data.pack, pack)

  const paths = [...new Set([...data.pack.files.map((file) => file.path), ...changed])]
  const first = paths.find((path) => path.startsWith('processes/')) ?? null
  // A link may name a file that a discarded draft had.
  const asked = search.get('file')
  const open = asked !== null && paths.includes(asked) ? asked : first
  const other = useInstalledFile(name, open !== null && files[open] === undefined ? open : null)
  const text = open === null ? undefined : (files[open] ?? other.data?.text)
  const installedText = (path: string) => data.installed[path] ?? (path === open ? other.data?.text : undefined)

  const local = useLocalFindings(open, text, pack)
  const server = useServerFindings(name, queue.draft.revision)
  const serverFindings = refused && refused.revision === queue.draft.revision ? refused.findings : (server.data ?? [])
  const findings = mergeFindings(local, serverFindings, open)

  useEffect(() => () => void queue.close(), [queue])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (queue.status.kind !== 'saved') event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [queue])

  const openFile = (path: string, at?: string) => {
    setSearch({ pack: name, file: path, ...(at ? { at } : {}) })
    if (!path.endsWith('.bpmn')) setShowText(false)
  }
  /** A change made in a form or a text: remembered, so that it can be undone. */
  const change = (path: string, newText: string) => {
    if (newText === text) return
    if (path === open && text !== undefined) history.record(path, text)
    queue.put(path, newText)
  }
  const onDiagram = open?.endsWith('.bpmn') && !showText
  const step = (direction: 'undo' | 'redo') => {
    if (onDiagram) return diagram?.get('commandStack')[direction]()
    const earlier = open !== null && text !== undefined ? history[direction](open, text) : null
    if (earlier === null || open === null) return
    queue.put(open, earlier)
    setEpoch(epoch + 1)
  }

  const createForm = (suggested: string, title: string, entity: string | null) => {
    const taken = paths.filter((path) => path.startsWith('forms/')).map(keyOfPath)
    let key = suggested
    for (let n = 2; taken.includes(key); n++) key = `${suggested}-${n}`
    queue.put(`forms/${key}.json`, writeCanonical({ ...(title ? { title } : {}), ...(entity ? { entity } : {}) }))
    return key
  }
  const create = (key: string, title: string, entity: string | null) => {
    if (creating === 'forms') openFile(`forms/${createForm(entity ? `${entity}.${key}` : key, title, entity)}.json`)
    else {
      queue.put(`processes/${key}.bpmn`, newProcess(key, title, name, entity, t('studio.kind.end')))
      openFile(`processes/${key}.bpmn`)
    }
    setCreating(null)
  }

  const openFinding = (finding: FindingView) => {
    openFile(finding.file, finding.at)
    if (finding.file !== open || !diagram) return
    const element = diagram.get('elementRegistry').get(finding.at)
    if (element) {
      diagram.get('selection').select(element)
      diagram.get('canvas').scrollToElement(element, 80)
    }
  }
  const resolveConflict = async (keep: boolean) => {
    const latest = await readDraft(name)
    if (keep) await queue.keepMine(latest)
    else queue.takeTheirs(latest)
    // Drawn anew only when the open file is another one now: otherwise what can be undone would be lost.
    const now = open === null ? undefined : (queue.text(open) ?? installedText(open))
    if (now !== text) setEpoch(epoch + 1)
  }
  const dropDraft = async () => {
    await queue.flush()
    await request('discardDraft', { params: { pack: name } })
    await reload()
  }
  const discard = () =>
    modals.openConfirmModal({
      title: t('studio.draft.discardTitle'),
      children: <Text size="sm">{t('studio.draft.discardText', { count: changed.length })}</Text>,
      labels: { confirm: t('studio.draft.discard'), cancel: t('kit.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void dropDraft(),
    })

  const tree = (
    <PackTree
      groups={packTree(
        paths.map((path) => ({ path, title: titleOf(path) })),
        new Set(data.pack.files.map((file) => file.path)),
        new Set(changed),
      )}
      open={open}
      onOpen={openFile}
      creatable={wide ? ['processes', 'forms'] : []}
      onCreate={setCreating}
    />
  )
  const problems = (
    <FindingsPanel
      findings={findings}
      placeOf={(finding) => placeOfFinding(finding, titleOf(finding.file), finding.file === open ? diagram : null)}
      onOpen={openFinding}
      checking={server.isFetching}
    />
  )
  const status = queue.status
  if (!wide)
    return (
      <div className={classes.narrow}>
        <Title order={1}>{data.pack.title}</Title>
        <Alert title={t('studio.narrow.title')} color="petrol">
          {t('studio.narrow.text')}
        </Alert>
        {problems}
        {tree}
      </div>
    )
  return (
    <div className={classes.studio}>
      <DraftBar
        filesShown={filesShown}
        onToggleFiles={() => setFilesShown(!filesShown)}
        title={data.pack.title}
        version={t('studio.version', { number: data.pack.number })}
        status={status}
        changes={changed.length}
        canUndo={onDiagram ? (drawing?.canUndo ?? false) : open !== null && history.canUndo(open)}
        canRedo={onDiagram ? (drawing?.canRedo ?? false) : open !== null && history.canRedo(open)}
        onUndo={() => step('undo')}
        onRedo={() => step('redo')}
        textShown={showText}
        onToggleText={() => setShowText(!showText)}
        onRetry={() => void queue.flush()}
        onCompare={() => setDialog('compare')}
        onDiscard={discard}
        onMigrate={() => setDialog('migrate')}
        onPublish={() => setDialog('publish')}
      />
      {status.kind === 'conflict' && (
        <ConflictNote
          message={status.message}
          onKeepMine={() => void resolveConflict(true)}
          onTakeTheirs={() => void resolveConflict(false)}
        />
      )}
      <div className={classes.panes} data-wide={!filesShown || undefined}>
        {filesShown && (
          <div className={classes.tree}>
            {chooser}
            {tree}
          </div>
        )}
        <FilePane
          key={`${open} ${epoch}`}
          path={open}
          text={text}
          showText={showText}
          pack={pack}
          at={search.get('at')}
          installedText={open === null ? undefined : installedText(open)}
          diagram={diagram}
          drawing={drawing}
          findings={findings.filter((finding) => finding.file === open)}
          onDiagram={setDiagram}
          onChange={change}
          onDrawn={(path, xml) => queue.put(path, xml)}
          openFile={openFile}
          createForm={createForm}
        />
        <div className={classes.findings}>{problems}</div>
      </div>
      {dialog === 'compare' && (
        <Comparison
          files={changed}
          before={installedText}
          after={files}
          titleOf={titleOf}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'migrate' && <MigrateDialog pack={name} number={data.pack.number} onClose={() => setDialog(null)} />}
      {dialog === 'publish' && (
        <PublishDialog
          pack={name}
          number={data.pack.number}
          changed={changed}
          errors={findings.filter((finding) => finding.severity === 'error')}
          beforePublish={async () => {
            await queue.flush()
            return queue.status.kind === 'saved'
          }}
          onPublished={() => setRefused(null)}
          onRefused={(found) => setRefused({ revision: queue.draft.revision, findings: found })}
          onClose={(published) => {
            setDialog(null)
            if (published) void reload()
          }}
        />
      )}
      {creating && (
        <NewFileDialog
          kind={creating}
          pack={pack}
          taken={paths.filter((path) => path.startsWith(`${creating}/`)).map(keyOfPath)}
          onCreate={create}
          onClose={() => setCreating(null)}
        />
      )}
    </div>
  )
}

interface ComparisonProps {
  files: string[]
  before: (path: string) => string | undefined
  after: Record<string, string>
  titleOf: (path: string) => string
  onClose: () => void
}

/** The files as they were when the comparison was opened. */
function Comparison({ files, before, after, titleOf, onClose }: ComparisonProps) {
  const [frozen] = useState(() =>
    files.map((path) => ({ path, before: before(path) ?? null, after: after[path] ?? '' })),
  )
  return <CompareDialog files={frozen} titleOf={titleOf} onClose={onClose} />
}
