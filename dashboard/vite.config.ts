import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page as static files: every asset local and named by its hash, nothing inline, so that a strict CSP holds. */
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0, // a `data:` address would need an exception in the CSP
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: true,
  },
  server: {
    proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true } },
  },
})
