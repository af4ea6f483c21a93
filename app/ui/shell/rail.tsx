import { Link, useLocation } from '@remix-run/react'
import type { NavigationEntry } from '#app/domain/access/navigation.ts'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { onPhone, partOf } from './part.ts'

type RailProps = { entries: readonly NavigationEntry[]; counts: Readonly<Record<string, number>> }

export function Rail({ entries, counts }: RailProps) {
  const t = useT()
  const here = partOf(useLocation().pathname)
  return (
    <nav className="rail" aria-label={t('common.nav.label')}>
      <div className="logo">
        <b role="img" aria-label={t('common.product')}>
          {t('common.product_short')}
        </b>
      </div>
      {entries.map((entry, index) => (
        <Link
          key={entry.page}
          to={entry.href}
          className={index < onPhone ? '' : 'opt'}
          aria-current={partOf(entry.href) === here ? 'page' : undefined}
        >
          <Bilingual k={`common.nav.${entry.page}`} block />
          <Waiting count={counts[entry.page] ?? 0} />
        </Link>
      ))}
    </nav>
  )
}

function Waiting({ count }: { count: number }) {
  const t = useT()
  if (count === 0) return null
  return (
    <span className="n">
      {count > 99 ? '99+' : count}
      <span className="vh">{t('common.nav.waiting')}</span>
    </span>
  )
}
