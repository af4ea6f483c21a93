import { randomBytes } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { type RefusalCode, refusalPage } from './refusal-page.ts'

/** Security headers. On plain http nothing may ask for https: the page would find none of its files. */
export function headers(https: boolean): RequestHandler[] {
  const nonce: RequestHandler = (_req, res, next) => {
    res.locals.nonce = randomBytes(16).toString('base64')
    next()
  }
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", (_req, res) => `'nonce-${(res as Response).locals.nonce}'`],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    xFrameOptions: { action: 'deny' },
    // With no-referrer a plain form post carries "Origin: null" and is refused.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
    // Browsers ignore these two on plain http and complain in the console.
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
  })
  const permissions: RequestHandler = (_req, res, next) => {
    res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()')
    next()
  }
  return [nonce, protect, permissions, viewable]
}

/**
 * A browser's viewer draws a PDF inside a page of its own with an embedded object and styles in place, and holds that page to
 * the policy of the PDF: with that of our pages Chrome shows nothing, or a fifth of the window. A PDF loads nothing itself.
 */
const viewable: RequestHandler = (_req, res, next) => {
  const { writeHead } = res
  const answer = (...parts: Parameters<typeof writeHead>) => {
    const type = String(res.getHeader('Content-Type') ?? '')
    if (type.startsWith('application/pdf')) res.setHeader('Content-Security-Policy', policyOfPapers)
    return writeHead.apply(res, parts)
  }
  res.writeHead = answer as typeof writeHead
  next()
}

const policyOfPapers = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

function hostOf(address: string | undefined): string | null {
  return address && URL.canParse(address) ? new URL(address).host : null
}

/** Whether a changing request comes from a page of this site; without Origin the browser's own statement counts. */
function fromHere(req: Request, publicUrl: string | undefined): boolean {
  const ours = [req.headers.host ?? null, hostOf(publicUrl)].filter((host) => host !== null)
  const { origin } = req.headers
  if (origin !== undefined) return ours.some((host) => host === hostOf(origin))
  const site = req.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** What machines post: agents sign it; terminals send bare text, carry no cookie, and some send an Origin of their own. */
const ofMachines = /^\/(api\/agent|iclock)\//

/** Refuses changing requests that another site's page sent; in front of everything but what machines post. */
export function originCheck(publicUrl: string | undefined): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    if (safeMethods.has(req.method) || ofMachines.test(req.path)) return next()
    if (fromHere(req, publicUrl)) return next()
    refusalPage(req, res, 403, 'foreign_origin')
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** Refuses what nothing behind could read: an address or host that is none, or a method fetch knows nothing of. */
export const wellFormed: RequestHandler = (req, res, next) => {
  const readable = URL.canParse(`http://${req.headers.host || 'localhost'}${req.originalUrl}`) && isDecodable(req.path)
  if (!readable || !req.originalUrl.startsWith('/')) return refusalPage(req, res, 400, 'malformed')
  if (req.method === 'TRACE' || req.method === 'TRACK') return refusalPage(req, res, 405, 'malformed')
  next()
}

const megabyte = 1024 * 1024

/** Forms that carry a scan of a paper. */
const withPaper: readonly string[] = ['/leave/record', '/leave/record.data']

/** The form that carries what a terminal wrote on a memory stick. */
const withRecords: readonly string[] = ['/readers/import', '/readers/import.data']

function bodyLimitOf(path: string): number {
  if (withPaper.includes(path)) return 11 * megabyte
  if (withRecords.includes(path)) return 21 * megabyte
  // A terminal that is refused sends the same again for ever, so that what it may send has room.
  if (path.startsWith('/iclock/')) return 8 * megabyte
  return path.startsWith('/api/agent/') ? megabyte : megabyte / 4
}

function tooLargeCode(path: string): RefusalCode {
  if (withRecords.includes(path)) return 'records_too_large'
  return withPaper.includes(path) ? 'paper_too_large' : 'body_too_large'
}

/** Refuses bodies that are longer than any form or batch of ours, and those that do not say how long they are. */
export const bodyLimit: RequestHandler = (req, res, next) => {
  if (req.headers['transfer-encoding'] !== undefined) return refusalPage(req, res, 411, 'length_required')
  const limit = bodyLimitOf(req.path)
  if (Number(req.headers['content-length'] ?? 0) > limit) {
    return refusalPage(req, res, 413, tooLargeCode(req.path))
  }
  next()
}

/**
 * A loose limit per address: a whole centre may sit behind one. The account's own lock-out is what protects a password;
 * this keeps one machine from keeping the processor busy with hashing.
 */
export function limits(perMinute: number): RequestHandler {
  const limit = rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: (req) => req.method !== 'POST',
    handler: (req, res) => refusalPage(req, res, 429, 'too_many'),
  })
  return limit
}
