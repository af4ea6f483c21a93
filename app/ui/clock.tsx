import { useEffect, useState } from 'react'
import { formatInstant } from '#app/i18n/format.ts'
import { useLocale } from '#app/ui/locale.tsx'

type ClockProps = {
  /** The server's instant when the page was made; the page counts on from it, so a wrong office clock does no harm. */
  at: number
  zone: string
  precision?: 'time' | 'second'
}

export function Clock({ at, zone, precision = 'second' }: ClockProps) {
  const locale = useLocale()
  const [now, setNow] = useState(at)
  useEffect(() => {
    const started = performance.now()
    setNow(at)
    const timer = setInterval(() => setNow(at + performance.now() - started), 1000)
    return () => clearInterval(timer)
  }, [at])
  return <time className="num">{formatInstant(now, zone, locale, precision)}</time>
}
