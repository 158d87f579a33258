/** Lets the page open without a network. Without a worker all else works: a browser may have none, or not trust us. */
export function registerScanWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  void navigator.serviceWorker.register('/scan-worker.js', { scope: '/scan' }).catch(() => undefined)
}
