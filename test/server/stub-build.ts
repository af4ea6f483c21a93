import type { ServerBuild } from '@remix-run/node'

/** The smallest thing Remix will serve: one page that can be read, posted to, taken as a PDF, and made to fail. */
export function stubBuild(): ServerBuild {
  const route = { id: 'root', path: '', parentId: undefined, index: undefined, caseSensitive: undefined }
  const module = {
    default: () => null,
    loader: ({ request, context }: { request: Request; context: { nonce: string; address: string } }) => {
      if (new URL(request.url).searchParams.has('fail')) throw new Error('asked to fail')
      return { nonce: context.nonce, address: context.address }
    },
    action: () => ({ done: true }),
  }
  return {
    entry: {
      module: {
        default: (request: Request, status: number, headers: Headers, _remix: unknown, context: { nonce: string }) => {
          headers.set('Content-Type', request.url.endsWith('?pdf') ? 'application/pdf' : 'text/html')
          return new Response(`<html><script nonce="${context.nonce}"></script></html>`, { status, headers })
        },
        handleError: () => {},
      },
    },
    routes: { root: { ...route, module } },
    assets: {
      entry: { imports: [], module: '' },
      routes: {
        root: { ...route, hasAction: true, hasLoader: true, hasErrorBoundary: false, imports: [], module: '' },
      },
      url: '',
      version: '1',
    },
    publicPath: '/',
    assetsBuildDirectory: '',
    isSpaMode: false,
    mode: 'production',
    future: {
      v3_fetcherPersist: true,
      v3_lazyRouteDiscovery: true,
      v3_relativeSplatPath: true,
      v3_singleFetch: true,
      v3_throwAbortReason: true,
    },
  } as unknown as ServerBuild
}
