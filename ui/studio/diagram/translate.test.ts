import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spanish } from './spanish.ts'
import { translate } from './translate.ts'

const libraries = ['node_modules/bpmn-js/lib', 'node_modules/diagram-js/lib']

/** Texts that the libraries hand to `translate`, read from their sources. */
function textsOfTheLibraries(): string[] {
  const found = new Set<string>()
  for (const library of libraries) {
    for (const entry of readdirSync(library, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.js')) continue
      const source = readFileSync(join(library, entry), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      for (const match of source.matchAll(/(?<![.\w])(?:\w+\.)?_?translate\(\s*(['"])([A-Za-z].*?)\1/g))
        found.add(match[2] ?? '')
      // Labels of the "change type" menu are constants, translated when shown.
      if (/(ReplaceOptions|PopupEntries)\.js$/.test(entry)) {
        for (const match of source.matchAll(/label: '([^']+)'/g)) found.add(match[1] ?? '')
        for (const match of source.matchAll(/label \+= '([^']+)'/g)) found.add(`Empty pool/participant${match[1]}`)
      }
      for (const match of source.matchAll(/_ERR_MSG = '([^']+)'/g)) found.add(match[1] ?? '')
    }
  }
  // Built by joining: the alignments are listed one by one.
  if (found.delete('Align elements ')) {
    for (const side of ['left', 'center', 'right', 'top', 'middle', 'bottom']) found.add(`Align elements ${side}`)
  }
  return [...found].sort()
}

describe('the diagram editor in Spanish', () => {
  it('knows every text that the libraries show', () => {
    const texts = textsOfTheLibraries()
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => !(text in spanish))).toEqual([])
  })

  it('keeps no text that the libraries no longer have', () => {
    const texts = new Set(textsOfTheLibraries())
    expect(Object.keys(spanish).filter((text) => !texts.has(text))).toEqual([])
  })

  it('fills what stands in braces and leaves unknown texts alone', () => {
    expect(translate('Open {element}', { element: 'Trámite' })).toBe('Abrir Trámite')
    expect(translate('Something new')).toBe('Something new')
  })
})
