/** What the server tells each loader and action about the request that Remix itself does not. */
export type LoadContext = {
  /** For the scripts of this one page (Content-Security-Policy). */
  nonce: string
  /** Aborted when the response's connection closes; event streams end by it. */
  closed: AbortSignal
  requestId: string
  address: string
  /** Set when this request failed: the number that is in the log and on the page. */
  incident?: string
}

declare module '@remix-run/node' {
  interface AppLoadContext extends LoadContext {}
}
