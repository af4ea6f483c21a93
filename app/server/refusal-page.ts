import type { Request, Response } from 'express'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'

export type RefusalCode =
  | 'foreign_origin'
  | 'length_required'
  | 'body_too_large'
  | 'paper_too_large'
  | 'records_too_large'
  | 'too_many'
  | 'malformed'
  | 'asset_missing'
  | 'fault'

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function languageOf(req: Request) {
  const url = URL.canParse(req.originalUrl, 'http://here.invalid')
    ? new URL(req.originalUrl, 'http://here.invalid')
    : new URL('http://here.invalid')
  return localeOf(new globalThis.Request(url, { headers: { cookie: req.headers.cookie ?? '' } }))
}

/** A plain page, or JSON for programs, for what is refused before a route is reached: what happened and what to do. */
export function refusalPage(req: Request, res: Response, status: number, code: RefusalCode, number = ''): void {
  res.status(status).setHeader('Cache-Control', 'no-store')
  if (!req.accepts('html') || req.path.startsWith('/api/')) {
    res.json({ code, ...(number ? { incident: number } : {}) })
    return
  }
  const locale = languageOf(req)
  const t = translator(locale)
  const title = html(t(`access.refused.${code}.title`))
  const text = html(t(`access.refused.${code}.text`, { number }))
  res.type('html').send(`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p>
<p><a href="/">${html(t('access.refused.back'))}</a></p></main></body></html>
`)
}
