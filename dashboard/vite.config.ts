import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const WORKER = 'scan-worker'

/** A scanner never shows the pages about the graph, and keeps everything else. */
function isForScanner(name: string): boolean {
  return name.startsWith('assets/') && !name.startsWith('assets/graph-pages-')
}

/** Writes into the scanner's service worker which files to keep, and a version that is another for each build. */
function scanWorker(): Plugin {
  return {
    name: 'headcount:scan-worker',
    apply: 'build',
    generateBundle: {
      order: 'post', // after everything else has got its name
      handler(_options, bundle) {
        const worker = bundle[`${WORKER}.js`]
        if (worker?.type !== 'chunk') throw new Error(`The build made no ${WORKER}.js.`)
        if (worker.imports.length > 0) throw new Error(`${WORKER}.js must be one file; it imports others.`)
        const assets = Object.keys(bundle).filter(isForScanner)
        const files = ['/scan', ...assets.sort().map((name) => `/${name}`)]
        // Assets are named by what is in them; the page is not.
        const page = bundle['index.html']
        if (page?.type !== 'asset') throw new Error('The build made no index.html.')
        const hash = createHash('sha256').update(files.join('\n')).update(page.source)
        const version = hash.digest('hex').slice(0, 12)
        worker.code = worker.code
          .replaceAll('__PAGE_FILES__', () => JSON.stringify(files))
          .replaceAll('__PAGE_VERSION__', () => JSON.stringify(`scan-${version}`))
      },
    },
  }
}

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** The pages as static files: every asset local and named by its hash, nothing inline, so that a strict CSP holds. */
export default defineConfig({
  plugins: [react(), scanWorker()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0, // a `data:` address would need an exception in the CSP
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: true,
    rollupOptions: {
      input: { index: 'index.html', [WORKER]: 'src/scan-worker/scan-worker.ts' },
      // A service worker keeps its address: the browser looks there for the next version.
      output: { entryFileNames: ({ name }) => (name === WORKER ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: 'http://127.0.0.1:4000', ws: true },
      '/registry': 'http://127.0.0.1:4000',
    },
  },
})
