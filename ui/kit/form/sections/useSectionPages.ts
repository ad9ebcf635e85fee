import { useCallback, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { sectionOf, type FormSection } from './formSections.ts'
import type { FormScopeValue } from '../FormScope.ts'
import { focusField } from '../state/focusField.ts'
import { sectionId, type Sections } from './SectionsContext.ts'

/** From how many sections and fields on a form shows one section at a time: a dozen fields are read faster on one page. */
const long = { sections: 3, fields: 15 }

/**
 * Which section is in sight. A long form mounts that one only, so that it opens fast and a person has one thing before
 * him; printing shows all of it.
 */
export function useSectionPages(sections: FormSection[], scope: Pick<FormScopeValue, 'idPrefix' | 'revealers'>) {
  const { idPrefix, revealers } = scope
  const [current, setCurrent] = useState(0)
  const [printing, setPrinting] = useState(false)
  const fieldCount = sections.reduce((sum, { fields }) => sum + fields.length, 0)
  const isLong = sections.length >= long.sections && fieldCount >= long.fields

  useEffect(() => {
    if (!isLong) return
    // Drawn before the browser takes the picture: it does not wait.
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [isLong])

  const open = useCallback(
    (index: number) => {
      flushSync(() => setCurrent(index))
      const heading = document.getElementById(`${sectionId(idPrefix, index)}-t`)
      heading?.scrollIntoView({ block: 'nearest' })
      heading?.focus({ preventScroll: true })
    },
    [idPrefix],
  )
  /** Brings a field into sight, in whatever section it is, and gives it the keyboard. False: there is none. */
  const reveal = useCallback(
    (path: string): boolean => {
      const index = sectionOf(sections, path)
      if (index >= 0) flushSync(() => setCurrent(index))
      const inList = [...revealers].find(([list]) => path.startsWith(`${list}.`))?.[1]
      return inList?.(path) === true || focusField(idPrefix, path)
    },
    [idPrefix, sections, revealers],
  )
  const pages: Omit<Sections, 'sections' | 'more'> = { paged: isLong && !printing, current, open }
  return { ...pages, reveal }
}
