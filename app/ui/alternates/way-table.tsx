import type { ReactNode } from 'react'
import type { AlternateView, WayLine } from '#app/domain/devices/alternate-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { useT } from '#app/ui/locale.tsx'

type TableProps = { view: AlternateView; ways: readonly WayLine[]; path: string; acts?: boolean; children: ReactNode }

/** Ways with their reason, span, giver and state; `children` stands where there are none. */
export function WayTable({ view, ways, path, acts = false, children }: TableProps) {
  const t = useT()
  if (ways.length === 0) return children
  const heads = ['kind', 'reason', 'span', 'by', 'state'] as const
  return (
    <div className="alt-scroll">
      <table className="tb">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`alternates.column.${head}`)}
              </th>
            ))}
            {acts ? (
              <th scope="col">
                <span className="vh">{t('alternates.column.act')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => (
            <tr key={way.id}>
              <th scope="row">{t(`alternates.kind.${way.kind}`)}</th>
              <td>{reasonText(t, way.reason)}</td>
              <td>{spanText(t, way, view.zone)}</td>
              <td>{way.givenBy}</td>
              <td>
                <State way={way} zone={view.zone} />
              </td>
              {acts ? (
                <td>
                  <ButtonLink small to={`${path}?end=${way.id}`}>
                    {t('alternates.end')}
                  </ButtonLink>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function State({ way, zone }: { way: WayLine; zone: string }) {
  const t = useT()
  if (way.lockedUntilMs !== null) {
    const time = formatInstant(way.lockedUntilMs, zone, t.locale, 'time')
    return <Badge tone="warn">{t('alternates.state.locked', { time })}</Badge>
  }
  return <Badge tone={way.state === 'in_force' ? 'ok' : 'none'}>{t(`alternates.state.${way.state}`)}</Badge>
}

/** A reason by its name; what somebody wrote for "other" stays as written. */
function reasonText(t: T, reason: string): string {
  const key = `alternates.reason.${reason}`
  return t.has(key) ? t(key) : reason
}

function spanText(t: T, { startsMs, endsMs }: WayLine, zone: string): string {
  const time = (ms: number) => formatInstant(ms, zone, t.locale, 'day_time')
  if (endsMs === null) return t('alternates.span.open', { from: time(startsMs) })
  return t('alternates.span.dated', { from: time(startsMs), to: time(endsMs) })
}
