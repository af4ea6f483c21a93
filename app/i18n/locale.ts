import { type Locale, locales } from '#app/i18n/catalogue.ts'

export const languageCookie = 'lang'

/** Chinese unless the reader asked for another language: the address first, then the cookie. */
export function localeOf(request: Request): Locale {
  const asked = new URL(request.url).searchParams.get('lang')
  return known(asked) ?? known(cookieOf(request, languageCookie)) ?? 'zh-CN'
}

/** The language that a link wants, or null when the text is not one of ours. */
export function known(text: string | null | undefined): Locale | null {
  return locales.find((locale) => locale === text) ?? null
}

/** A year's cookie, readable by the server only because nothing else needs it. */
export function languageCookieHeader(locale: Locale): string {
  return `${languageCookie}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`
}

function cookieOf(request: Request, name: string): string | null {
  const header = request.headers.get('Cookie') ?? ''
  for (const part of header.split(';')) {
    const [key, ...rest] = part.trim().split('=')
    if (key === name) return rest.join('=')
  }
  return null
}
