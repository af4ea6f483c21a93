import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { publicRoute } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { safePath } from '#app/domain/access/safe-path.ts'
import { known, languageCookieHeader } from '#app/i18n/locale.ts'

export const handle = { access: 'public' } satisfies RouteAccess

/** Keeps the chosen language in a cookie and goes back to the page it was chosen on. */
export async function action(args: ActionFunctionArgs) {
  publicRoute(args)
  const form = await args.request.formData()
  const locale = known(String(form.get('lang') ?? '')) ?? 'zh-CN'
  const to = withoutLanguage(safePath(String(form.get('to') ?? '')) ?? '/')
  return redirect(to, { headers: { 'Set-Cookie': languageCookieHeader(locale) } })
}

export function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  return redirect('/')
}

/** The address must not contradict the cookie. */
function withoutLanguage(path: string): string {
  const url = new URL(path, 'http://here')
  url.searchParams.delete('lang')
  return url.pathname + url.search
}

/** Never seen; with it, a form that cannot be read is answered by a page. */
export default function Language() {
  return null
}
