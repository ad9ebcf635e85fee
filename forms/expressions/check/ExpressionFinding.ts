/** What is wrong with an expression before it ever runs. */
export interface ExpressionFinding {
  code: 'feel-syntax' | 'feel-in-brackets' | 'feel-name' | 'feel-type' | 'feel-decimal' | 'feel-null-branch'
  /** In Spanish, for analysts. */
  message: string
  /** The name or path it is about, when there is one. */
  path?: string
  /** Names that would have been right at that place. */
  known?: string[]
}
