import { ActionIcon, Group, Image, Modal, Text, Tooltip } from '@mantine/core'
import { IconDownload, IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileUrl, useFile } from '../../client/records/useFile.ts'
import { FileThumb } from '../values/FileThumb.tsx'
import { formatBytes, formatDateTime } from '../values/formatValue.ts'
import type { HeldFile } from './heldFiles.ts'
import classes from './record.module.css'

/** All files of a record in one place: what each is, who sent it and when; looked at here, or downloaded. */
export function RecordFiles({ files }: { files: HeldFile[] }) {
  return (
    <ul className={classes.files}>
      {files.map((file) => (
        <FileRow key={file.id} file={file} />
      ))}
    </ul>
  )
}

function FileRow({ file: { id, place } }: { file: HeldFile }) {
  const { t } = useTranslation()
  const { data } = useFile(id)
  const [isOpen, setOpen] = useState(false)
  const name = data?.name ?? t('kit.file.file')
  const isPicture = data?.type.startsWith('image/') === true
  return (
    <li className={classes.file}>
      <div className={classes.fileThumb}>
        <FileThumb id={id} size={48} />
      </div>
      <div className={classes.fileWords}>
        <Text fw={500} size="sm">
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {[place, data && kindOf(data), data && formatBytes(data.size)].filter(Boolean).join(' · ')}
        </Text>
        {data && (
          <Text size="xs" c="dimmed">
            {[data.uploadedBy, formatDateTime(data.uploadedAt)].filter(Boolean).join(' · ')}
          </Text>
        )}
      </div>
      <Group gap={4} wrap="nowrap">
        {isPicture && (
          <Tooltip label={t('kit.file.look')}>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('kit.file.lookAt', { name })}
              onClick={() => setOpen(true)}
            >
              <IconEye aria-hidden size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('kit.file.download')}>
          <ActionIcon
            component="a"
            href={fileUrl(id)}
            download
            variant="default"
            size={36}
            aria-label={t('kit.file.downloadIt', { name })}
          >
            <IconDownload aria-hidden size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {isOpen && (
        <Modal
          opened
          size="xl"
          onClose={() => setOpen(false)}
          title={name}
          closeButtonProps={{ 'aria-label': t('kit.close') }}
        >
          <Image src={fileUrl(id)} alt={`${place}: ${name}`} fit="contain" mah="75vh" />
        </Modal>
      )}
    </li>
  )
}

/** What kind of file it is, as people call it: the ending of its name. */
function kindOf({ name, type }: { name: string; type: string }): string {
  const ending = /\.([0-9a-z]{2,5})$/i.exec(name)?.[1]
  return (ending ?? type.split('/').at(-1) ?? type).toUpperCase()
}
