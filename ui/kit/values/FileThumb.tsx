import { Image } from '@mantine/core'
import { IconFile, IconFileTypePdf } from '@tabler/icons-react'
import { thumbUrl, useFile } from '../../client/records/useFile.ts'

/** A stored file in small: its picture, or the icon of its kind. The name stands beside it or is its label. */
export function FileThumb({ id, size, label = '' }: { id: string; size: number; label?: string }) {
  const { data } = useFile(id)
  if (data?.type.startsWith('image/'))
    return <Image src={thumbUrl(id)} alt={label} w={size} h={size} fit="cover" radius={6} style={{ flex: 'none' }} />
  const Icon = data?.type === 'application/pdf' ? IconFileTypePdf : IconFile
  return <Icon aria-hidden size={Math.min(size, 28)} stroke={1.5} style={{ flex: 'none' }} />
}
