import type { CompareOperator, FeelNode } from '../FeelNode.ts'

/** What a row rule may compare. */
export type Operand =
  /** A field of the row itself, or of the element a `some` looks at (`of` is its name; field '' the element). */
  | { kind: 'field'; of: string | null; field: string }
  /** `actor.id`, `settings.a.b`, `value.x`, `params.x`; `record.x` in a rule about options. */
  | { kind: 'input'; path: string[] }
  | { kind: 'literal'; value: string | number | boolean | null }
  /** `today()`, also plus or minus a duration. */
  | { kind: 'day'; node: FeelNode }

/** A row rule, read: the part of FEEL that a query can answer. */
export type Rule =
  | { kind: 'true' }
  | { kind: 'and' | 'or'; left: Rule; right: Rule }
  | { kind: 'not'; rule: Rule }
  | { kind: 'compare'; op: CompareOperator; left: Operand; right: Operand }
  /** `list`: literals, or one operand that holds a list. */
  | { kind: 'in'; value: Operand; list: Operand | (string | number | boolean)[] }
  | { kind: 'some'; name: string; list: Operand & { kind: 'field' }; rule: Rule }
