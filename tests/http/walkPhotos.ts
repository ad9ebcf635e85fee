import { expect, it } from '@jest/globals'
import { tags, type Ids } from '../modules/FieldRow.ts'
import { onePage, pictureOf } from './samplePictures.ts'
import { saveRecord, storedRecord, type WalkedModule } from './walkFields.ts'

/** What the specification asks of the photos of a record (its field `fotos`), by requirement ids. */
export interface PhotoRules {
  /** Three are kept, a fourth is refused. */
  kept: Ids
  /** Only these kinds are taken, whatever the name says. */
  kinds: [Ids, ('png' | 'jpg' | 'pdf')[]]
  /** At most 5MB each. */
  size: Ids
}

const MB = 1024 * 1024
const gif = Buffer.from('474946383961010001000000002c00000000010001000002020100003b', 'hex')

/** Writes the tests of a record's photos. To be called within a `describe`. */
export function walkPhotos(module: WalkedModule, { kept, kinds: [kindIds, kinds], size }: PhotoRules): void {
  const upload = (name: string, content: Uint8Array) => module.visitor().upload(name, content)
  const pictures = (names: string[]): Promise<string[]> =>
    Promise.all(names.map(async (name) => (await upload(`${name}.png`, await pictureOf('png'))).body.id as string))
  /** The status of saving a record with this file, or of the upload where that is refused. */
  const tried = async (name: string, content: Uint8Array): Promise<number> => {
    const file = await upload(name, content)
    if (file.status !== 201) return file.status
    return (await saveRecord(module, { ...module.data(), fotos: [file.body.id] })).status
  }

  it(`${tags(kept)} three are kept, a fourth is refused`, async () => {
    const three = await storedRecord(module, { ...module.data(), fotos: await pictures(['a', 'b', 'c']) })
    expect(three.fotos).toHaveLength(3)
    const { status, body } = await saveRecord(module, { ...module.data(), fotos: await pictures(['a', 'b', 'c', 'd']) })
    expect({ status, path: body.issues?.[0].path }).toEqual({ status: 422, path: 'fotos' })
  })

  it(`${tags(kindIds)} ${kinds.join(', ')} are taken; others are refused, also under such a name`, async () => {
    for (const kind of kinds) {
      const content = kind === 'pdf' ? onePage : await pictureOf(kind)
      expect({ kind, status: await tried(`foto.${kind}`, content) }).toEqual({ kind, status: 201 })
    }
    expect(await tried('FOTO.JPEG', await pictureOf('jpg'))).toBe(201)
    const others: [string, Uint8Array][] = [
      ['foto.gif', gif],
      ['foto.png', Buffer.from('MZ this is a program')],
      ...(kinds.includes('pdf') ? [] : ['foto.pdf', 'foto.jpg']).map((name) => [name, onePage] as [string, Uint8Array]),
    ]
    for (const [name, content] of others)
      expect({ name, status: await tried(name, content) }).toEqual({ name, status: 422 })
  })

  it(`${tags(size)} 5MB exactly are taken, one byte more is refused`, async () => {
    expect(await tried('exacta.jpg', await pictureOf('jpg', 5 * MB))).toBe(201)
    expect(await tried('grande.jpg', await pictureOf('jpg', 5 * MB + 1))).toBe(422)
  })
}
