/** A path of this site to go on to, or null: never another host, never a script, never a protocol-relative address (open redirect). */
export function safePath(wanted: string | null): string | null {
  if (wanted === null || !wanted.startsWith('/') || wanted.length > 500) return null
  // Tabs and line ends are dropped by browsers before they read an address, and \ is read as /.
  if (/[\\\p{Cc}]/u.test(wanted) || wanted.startsWith('//')) return null
  const base = 'http://here.invalid'
  if (!URL.canParse(wanted, base)) return null
  const url = new URL(wanted, base)
  if (url.origin !== base || url.pathname.startsWith('//')) return null
  return url.pathname + url.search
}
