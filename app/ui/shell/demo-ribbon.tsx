import { formatInstant } from '#app/i18n/format.ts'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'

/** Says on every page of a demo that it is one, and where its clock stands. */
export function DemoRibbon() {
  const t = useT()
  const demo = useRootData()?.demo
  if (!demo) return null
  const time = formatInstant(demo.now, demo.zone, t.locale, 'day_time')
  return (
    <aside className="demo" aria-label={t('common.demo.label')}>
      {t('common.demo.ribbon', { time })}
      <span>{t('common.demo.note')}</span>
    </aside>
  )
}
