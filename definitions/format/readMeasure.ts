import type { ReportFold, ReportMeasure } from './types.ts'

const FOLDS: ReportFold[] = ['sum', 'avg', 'min', 'max']

/** What a measure folds, and how; null when it says nothing, or two things. */
export function readMeasure(measure: ReportMeasure): { fold: ReportFold; field: string } | null {
  const said = FOLDS.flatMap((fold) => {
    const field = measure[fold]
    return field === undefined ? [] : [{ fold, field }]
  })
  return said.length === 1 ? said[0]! : null
}
