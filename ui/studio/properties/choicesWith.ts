import type { Choice } from '../pack/packModel.ts'

/** The choices, plus the present value when it is not among them: a picker must not hide what the file says. */
export function choicesWith(
  choices: Choice[],
  value: string,
  labelOf: (value: string) => string = (text) => text,
): Choice[] {
  return value === '' || choices.some((choice) => choice.value === value)
    ? choices
    : [...choices, { value, label: labelOf(value) }]
}
