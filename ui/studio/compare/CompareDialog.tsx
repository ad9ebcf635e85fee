import { Accordion, Badge, Group, Loader, Modal, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { collapseDiff } from './collapseDiff.ts'
import { compareFiles, type FileComparison } from './compareFiles.ts'
import classes from './CompareDialog.module.css'

interface Props {
  files: { path: string; before: string | null; after: string }[]
  titleOf: (path: string) => string
  onClose: () => void
}

const sign = { same: ' ', added: '+', removed: '−' }

/** What the draft changes against the installed version. */
export function CompareDialog({ files, titleOf, onClose }: Props) {
  const { t } = useTranslation()
  const [comparisons, setComparisons] = useState<FileComparison[] | null>(null)
  useEffect(() => {
    let alive = true
    void compareFiles(files).then((result) => alive && setComparisons(result.filter((one) => one.kind !== 'equal')))
    return () => {
      alive = false
    }
  }, [files])
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(1100px, 96vw)"
      title={t('studio.compare.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {comparisons === null && <Loader size="sm" />}
      {comparisons?.length === 0 && <EmptyNote title={t('studio.compare.none')} />}
      {comparisons && comparisons.length > 0 && (
        <Accordion
          multiple
          variant="contained"
          defaultValue={comparisons.length <= 3 ? comparisons.map((one) => one.path) : []}
        >
          {comparisons.map((one) => (
            <Accordion.Item key={one.path} value={one.path}>
              <Accordion.Control>
                <Group gap={8}>
                  <Text fw={600}>{titleOf(one.path)}</Text>
                  <Badge variant="light" color="gray">
                    {t(`studio.compare.kind.${one.kind}`)}
                  </Badge>
                  <Text size="sm" c="dimmed">
                    {one.kind === 'drawing'
                      ? ''
                      : t('studio.compare.lines', { added: one.added, removed: one.removed })}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed" ff="monospace">
                  {one.path}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                {one.kind === 'drawing' ? (
                  <Text size="sm">{t('studio.compare.drawing')}</Text>
                ) : (
                  <DiffTable comparison={one} />
                )}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </Modal>
  )
}

function DiffTable({ comparison }: { comparison: FileComparison }) {
  const { t } = useTranslation()
  return (
    <div className={classes.scroll} role="region" tabIndex={0} aria-label={comparison.path}>
      <table className={classes.diff}>
        <tbody>
          {collapseDiff(comparison.rows).map((block, index) =>
            'skipped' in block ? (
              <tr key={index} className={classes.skipped}>
                <td colSpan={4}>{t('studio.compare.skipped', { count: block.skipped })}</td>
              </tr>
            ) : (
              block.rows.map((row) => (
                <tr key={`${row.before}:${row.after}`} className={classes[row.kind]}>
                  <td>{row.before}</td>
                  <td>{row.after}</td>
                  <td>
                    {sign[row.kind]}
                    <span className={classes.spoken}>{row.kind === 'same' ? '' : t(`studio.compare.${row.kind}`)}</span>
                  </td>
                  <td>{row.text}</td>
                </tr>
              ))
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
