import type { ComponentType } from 'react'
import type { ControlName } from '../schema/controlName.ts'
import type { ControlProps } from './ControlProps.ts'
import { QrControl } from '../../qr/QrControl.tsx'
import { CatalogControl } from './CatalogControl.tsx'
import { CheckboxControl } from './CheckboxControl.tsx'
import { ChoicesControl } from './ChoicesControl.tsx'
import { DateControl } from './DateControl.tsx'
import { DateTimeControl } from './DateTimeControl.tsx'
import { DecimalControl } from './DecimalControl.tsx'
import { FileControl, FilesControl } from './FilesControl.tsx'
import { IntegerControl } from './IntegerControl.tsx'
import { RadioControl } from './RadioControl.tsx'
import { ReferenceControl } from './ReferenceControl.tsx'
import { ReferencesControl } from './ReferencesControl.tsx'
import { SelectControl } from './SelectControl.tsx'
import { SuggestControl } from './SuggestControl.tsx'
import { TextareaControl } from './TextareaControl.tsx'
import { TextControl } from './TextControl.tsx'

/** Controls that stand in a cell as well as in a form. A table in a table is not one of them. */
export const cellControls: Record<Exclude<ControlName, 'table'>, ComponentType<ControlProps>> = {
  text: TextControl,
  textarea: TextareaControl,
  select: SelectControl,
  radio: RadioControl,
  choices: ChoicesControl,
  catalog: CatalogControl,
  reference: ReferenceControl,
  references: ReferencesControl,
  suggest: SuggestControl,
  date: DateControl,
  dateTime: DateTimeControl,
  decimal: DecimalControl,
  integer: IntegerControl,
  checkbox: CheckboxControl,
  file: FileControl,
  files: FilesControl,
  qr: QrControl,
}
