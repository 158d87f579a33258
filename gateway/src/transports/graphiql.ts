let page: Promise<{ readonly html: Buffer; readonly policy: string }> | undefined

/** Everything is in the page; the policy holds it to this one address. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

async function render() {
  // Nine megabytes: loaded when somebody first asks for it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({ title: 'Headcount', endpoint: '/graphql', subscriptionsProtocol: 'SSE' })
  return { html: Buffer.from(html), policy }
}

/** GraphiQL, whole in one page. */
export function graphiqlPage(): Promise<{ readonly html: Buffer; readonly policy: string }> {
  page ??= render()
  return page
}
