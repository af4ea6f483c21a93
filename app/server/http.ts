import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { pinoHttp } from 'pino-http'
import { incident } from './incident.server.ts'
import type { LoadContext } from './load-context.ts'
import { log } from './log.server.ts'
import { refusalPage } from './refusal-page.ts'
import { bodyLimit, headers, limits, originCheck, wellFormed } from './security.ts'
import { straightTo } from './straight.ts'

export type ServerOptions = {
  readonly build: ServerBuild
  /** The folder with the browser's files (build/client). */
  readonly client?: string
  readonly publicUrl?: string | undefined
  /** Posts a minute and address to sign-in, set-up and pairing. */
  readonly postsPerMinute?: number
}

/** Where a password, a code, a PIN or a card can be tried. */
const guessable = [
  '/sign-in',
  '/sign-in.data',
  '/set-up',
  '/password',
  '/kiosk',
  '/kiosk.data',
  '/api/kiosk/claims',
  '/api/agent/pair',
]

export type Server = {
  readonly app: Express
  /** Ends the event streams, which would otherwise hold a stopping server open. */
  readonly endStreams: () => void
}

/** The express application: everything a request passes before Remix sees it. Used by production and by tests alike. */
export function createServer(options: ServerOptions): Server {
  const streams = new Set<AbortController>()
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  // A reverse proxy on the same machine may say whom it speaks for; nobody else may.
  app.set('trust proxy', 'loopback')
  app.use(requestId, requestLog(), ...headers(options.publicUrl?.startsWith('https://') ?? false))
  app.use(wellFormed, originCheck(options.publicUrl), bodyLimit)
  const limit = limits(options.postsPerMinute ?? 120)
  app.use(guessable, limit)
  const contextOf = contextIn(streams)
  app.post('/api/agent/punches', straightTo(options.build, 'routes/api.agent.punches', contextOf))
  app.use(compression({ filter: compressible }))
  serveFiles(app, options.client ?? path.resolve('build/client'))
  app.all('*', createRequestHandler({ build: options.build, getLoadContext: contextOf }))
  app.use(fault)
  return { app, endStreams: () => endAll(streams) }
}

function endAll(streams: Set<AbortController>): void {
  for (const stream of streams) stream.abort()
}

const requestId: RequestHandler = (_req, res, next) => {
  res.locals.requestId = randomUUID()
  res.setHeader('X-Request-Id', res.locals.requestId)
  next()
}

/** One line per finished request: method, path without query, status, time. No bodies, no headers, no names. */
function requestLog(): RequestHandler {
  return pinoHttp({
    logger: log(),
    genReqId: (_req, res) => (res as Response).locals.requestId,
    quietReqLogger: true,
    quietResLogger: true,
    autoLogging: { ignore: (req) => (req.url ?? '').startsWith('/assets/') || req.url === '/healthz' },
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'warn' : 'debug'),
    customSuccessObject: (req, res) => ({
      requestId: req.id,
      method: req.method,
      path: (req.url ?? '').split('?')[0],
      status: res.statusCode,
    }),
    serializers: { req: () => undefined, res: () => undefined },
  })
}

/** Event streams must leave at once; a compressor would hold them back. */
function compressible(req: Request, res: Response): boolean {
  const type = String(res.getHeader('Content-Type') ?? '')
  return !type.startsWith('text/event-stream') && compression.filter(req, res)
}

/** Files with a hash in their name are kept for ever; a missing one is a plain 404, never a page. */
function serveFiles(app: Express, client: string): void {
  if (!existsSync(client)) return
  app.use('/assets', express.static(path.join(client, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  app.use('/assets', (req, res) => refusalPage(req, res, 404, 'asset_missing'))
  app.use(express.static(client, { maxAge: '1h', index: false }))
}

/** What loaders and actions are told of a request, whichever way it comes to them. */
function contextIn(streams: Set<AbortController>): (req: Request, res: Response) => LoadContext {
  return (req, res) => {
    const closing = new AbortController()
    streams.add(closing)
    res.once('close', () => {
      streams.delete(closing)
      closing.abort()
    })
    return {
      nonce: res.locals.nonce,
      closed: closing.signal,
      requestId: res.locals.requestId,
      address: req.ip ?? '',
    }
  }
}

/** The last stop of an error: the reader gets a number, the log gets the error. */
function fault(error: unknown, req: Request, res: Response, next: NextFunction): void {
  const number = incident(error)
  if (res.headersSent) {
    next(error)
    return
  }
  res.setHeader('X-Incident', number)
  refusalPage(req, res, 500, 'fault', number)
}
