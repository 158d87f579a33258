/** A page that is sent with its policy. */
interface Page {
  readonly html: Buffer
  readonly policy: string
}

/** By the path of the endpoint: one, unless several gateways live in one process. */
const pages = new Map<string, Promise<Page>>()

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

async function render(endpoint: string): Promise<Page> {
  // Nine megabytes: loaded when somebody first asks for it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({ title: 'Headcount', endpoint, subscriptionsProtocol: 'SSE' })
  return { html: Buffer.from(html), policy }
}

/** GraphiQL for an endpoint, whole in one page. */
export function graphiqlPage(endpoint: string): Promise<Page> {
  let page = pages.get(endpoint)
  if (!page) {
    page = render(endpoint)
    pages.set(endpoint, page)
  }
  return page
}
