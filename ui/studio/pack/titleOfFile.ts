import type { PackView } from '#engine/contract'
import { keyOfPath, type PackModel } from './packModel.ts'

/** What a file is called: its own title as the draft has it, else the installed one, else its key. */
export function titleOfFile(path: string, text: string | undefined, installed: PackView, pack: PackModel): string {
  const key = keyOfPath(path)
  const known = installed.files.find((file) => file.path === path)?.title
  if (path.startsWith('forms/')) return pack.forms[key]?.title ?? known ?? key
  if (path.startsWith('entities/')) return pack.entities[key]?.title ?? known ?? key
  if (path.startsWith('processes/') && text !== undefined) return nameOfProcess(text) ?? known ?? key
  // The subject of a mail is too long for a list, and has braces in it.
  if (path.startsWith('templates/')) return readableKey(key)
  return known && known !== key ? known : readableKey(key)
}

/** `aviso-de-pago` → «Aviso de pago»: for files that have no title of their own. */
function readableKey(key: string): string {
  const words = key.slice(key.lastIndexOf('/') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The name of the executable process, read without parsing the file: the tree shows it at every change. */
function nameOfProcess(xml: string): string | null {
  const [tag] = /<(?:\w+:)?process\b[^>]*>/.exec(xml) ?? []
  const [, name] = /\bname="([^"]*)"/.exec(tag ?? '') ?? []
  return name
    ? name.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
    : null
}
