/** The kinds of file that `x-file.types` may name. The content decides the kind, never the name nor the client's word. */
const mediaTypes: Record<string, { types: string[]; title: string }> = {
  pdf: { types: ['application/pdf'], title: 'PDF' },
  docx: { types: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'], title: 'Word (DOCX)' },
  xlsx: { types: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'], title: 'Excel (XLSX)' },
  pptx: {
    types: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    title: 'PowerPoint (PPTX)',
  },
  png: { types: ['image/png', 'image/apng'], title: 'PNG' },
  jpg: { types: ['image/jpeg'], title: 'JPG' },
  webp: { types: ['image/webp'], title: 'WEBP' },
  txt: { types: ['text/plain'], title: 'texto' },
  csv: { types: ['text/plain'], title: 'CSV' },
  zip: { types: ['application/zip'], title: 'ZIP' },
}
const synonyms: Record<string, string> = { jpeg: 'jpg' }

function kindOf(name: string): { types: string[]; title: string } {
  const key = name.toLowerCase().replace(/^\./, '')
  const kind = mediaTypes[synonyms[key] ?? key]
  if (!kind) throw new Error(`"${name}" is not a kind of file; known: ${Object.keys(mediaTypes).join(', ')}`)
  return kind
}

/** Is this media type one of the kinds named (`pdf`, `jpg` …)? Throws on an unknown kind. */
export function isOneOf(type: string, kinds: string[]): boolean {
  return kinds.some((kind) => kindOf(kind).types.includes(type))
}

/** The kinds as a person reads them: `PDF, PNG o JPG`. */
export function nameKinds(kinds: string[]): string {
  const titles = [...new Set(kinds.map((kind) => kindOf(kind).title))]
  const last = titles.pop() ?? ''
  return titles.length === 0 ? last : `${titles.join(', ')} o ${last}`
}
