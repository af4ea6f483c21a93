import { Link } from '@remix-run/react'
import type { AlarmLine } from '#app/domain/devices/alarm-view.ts'
import { formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { useT } from '#app/ui/locale.tsx'
import { useMay } from '#app/ui/readers/may.ts'
import { titleOf, useInstant, whereOf, zonesOf } from './alarm-texts.ts'
import './alarms.css'

/** One calm line on the board while readers are out: where, and that nobody is charged with it. The rest opens on demand. */
export function AlarmBanner({ alarms }: { alarms: readonly AlarmLine[] }) {
  const t = useT()
  const may = useMay()
  const instant = useInstant()
  const out = alarms.filter((alarm) => alarm.out)
  if (out.length === 0) return null
  return (
    <section className="alm-banner" aria-label={t('alarms.title')}>
      <details>
        <summary>
          <span className="ic" aria-hidden="true">
            !
          </span>
          <b>{bannerLine(t, out)}</b> <span className="more">{t('alarms.banner.more')}</span>
        </summary>
        <ul>
          {out.map((alarm) => (
            <li key={alarm.id}>
              {t('alarms.banner.line', {
                where: whereOf(t, alarm),
                since: instant(alarm.openedMs),
                what: titleOf(t, alarm),
              })}
            </li>
          ))}
          <li>{t('alarms.banner.desk')}</li>
        </ul>
        {may('readers.read') ? <Link to="/readers/alarms">{t('alarms.banner.link')}</Link> : null}
      </details>
    </section>
  )
}

function bannerLine(t: T, out: readonly AlarmLine[]): string {
  const zones = zonesOf(
    t,
    out.flatMap((alarm) => alarm.zones),
  )
  if (zones !== '') return t('alarms.banner.one', { zones })
  const readers = formatNames([...new Set(out.map((alarm) => whereOf(t, alarm)))], t.locale)
  return t('alarms.banner.readers', { readers })
}

/** The same on the hall's own screen, where nothing can be opened; nothing while every reader works. */
export function AlarmWords({ alarms }: { alarms: readonly AlarmLine[] }) {
  const t = useT()
  const out = alarms.filter((alarm) => alarm.out)
  return out.length === 0 ? null : <span className="alm-words">{bannerLine(t, out)}</span>
}
