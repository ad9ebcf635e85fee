/** A template says something that templates may not, or that does not exist. The message is for analysts (Spanish). */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}
