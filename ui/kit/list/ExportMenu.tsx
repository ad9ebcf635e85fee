import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../app/paths.ts'

const formats = ['xlsx', 'pdf', 'csv'] as const
export type ExportFormat = (typeof formats)[number]

/** What is filtered, as a file. `recent`: with the way to the files asked for before. */
export function ExportMenu({
  busy,
  recent = false,
  onChoose,
}: {
  busy: boolean
  recent?: boolean
  onChoose: (format: ExportFormat) => void
}) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload aria-hidden size={16} />} loading={busy}>
          {t('kit.list.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => onChoose(format)}>
            {t(`kit.list.formats.${format}`)}
          </Menu.Item>
        ))}
        {recent && (
          <>
            <Menu.Divider />
            <Menu.Item component={Link} to={paths.exports()}>
              {t('kit.exports.title')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
