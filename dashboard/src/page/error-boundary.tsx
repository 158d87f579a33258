import { Component, type ReactNode } from 'react'

/** The last resort: a plain message instead of an empty page. A number that cannot be shown is not shown. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined }

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className="message-page" role="alert">
        <h1>This page has stopped working</h1>
        <p>No counts are shown, so that nobody trusts an old one. Counting at the gates goes on.</p>
        <p>
          <button type="button" className="button" onClick={() => window.location.reload()}>
            Load the page again
          </button>
        </p>
        <p className="fine-print">What went wrong: {error.message}</p>
      </main>
    )
  }
}
