import { Component, type ErrorInfo, type ReactNode } from 'react'
import { ErrorNote } from './ErrorNote.tsx'

/** Keeps a failure in one part from taking the page down. `resetKey`: a new value tries again (a new address). */
export class ErrorBoundary extends Component<{ children: ReactNode; resetKey?: string }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    // eslint-disable-next-line no-console -- the one trace a developer gets of a failed screen
    console.error(error, info.componentStack)
  }

  override componentDidUpdate(previous: { resetKey?: string }) {
    if (this.state.error && previous.resetKey !== this.props.resetKey) this.setState({ error: null })
  }

  override render() {
    if (!this.state.error) return this.props.children
    return <ErrorNote error={this.state.error} onRetry={() => this.setState({ error: null })} />
  }
}
