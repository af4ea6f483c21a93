/** What the log and the page both name a fault by. */
export type Incident = { readonly number: string; readonly time: string }

const NAME = 'incident'

/** Readable by the page's script, gone after half a minute; it says nothing but when and under which number. */
export function incidentCookie({ number, time }: Incident): string {
  return `${NAME}=${encodeURIComponent(`${number} ${time}`)}; Path=/; Max-Age=30; SameSite=Lax`
}

/** The number that came with the last answer, if one did. */
export function incidentOf(cookies: string): Incident | undefined {
  const found = cookies.split('; ').find((cookie) => cookie.startsWith(`${NAME}=`))
  if (!found) return undefined
  const [number = '', ...time] = decodeURIComponent(found.slice(NAME.length + 1)).split(' ')
  return /^E-[0-9A-F]+$/.test(number) ? { number, time: time.join(' ') } : undefined
}
