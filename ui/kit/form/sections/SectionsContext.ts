import { createContext, useContext, type ReactNode } from 'react'
import type { FormSection } from './formSections.ts'

export interface Sections {
  sections: FormSection[]
  /** What the page draws itself, by field. */
  more: ReadonlyMap<string, ReactNode>
  /** One section at a time: the form is long. */
  paged: boolean
  /** Index of the section in sight, where one is shown at a time. */
  current: number
  /** Shows a section and hands it the keyboard. */
  open: (index: number) => void
}

/** Sections of the form that stands around; the library's own layout knows no sections. */
export const SectionsContext = createContext<Sections>({
  sections: [],
  more: new Map(),
  paged: false,
  current: 0,
  open: () => undefined,
})

export const useSections = () => useContext(SectionsContext)

export const sectionId = (idPrefix: string, index: number) => `${idPrefix}--s${index}`
