import { Image } from '@mantine/core'
import { useState } from 'react'
import type { FormSchema, JsonObject } from '#forms'
import { thumbUrl } from '../../client/records/useFile.ts'
import { annotationOf } from '../form/schema/annotationOf.ts'

/** The first file of the first field for photos; null: none. */
export function coverOf(schema: FormSchema, data: JsonObject): string | null {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (annotationOf(field.items ?? field, 'x-file')?.photo !== true) continue
    const [first] = [data[name] ?? []].flat()
    if (typeof first === 'string') return first
  }
  return null
}

/** What a record looks like, in small, beside its name. Nothing where the first file is no picture. */
export function CoverPhoto({ schema, data, size }: { schema: FormSchema; data: JsonObject; size: number }) {
  const id = coverOf(schema, data)
  const [missing, setMissing] = useState<string | null>(null)
  if (!id || missing === id) return null
  return (
    <Image
      src={thumbUrl(id)}
      alt=""
      loading="lazy"
      w={size}
      h={size}
      fit="cover"
      radius={8}
      style={{ flex: 'none' }}
      onError={() => setMissing(id)}
    />
  )
}
