import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useT } from '#app/ui/locale.tsx'

export type Choice = {
  readonly to: string
  readonly label: ReactNode
  readonly current: boolean
  readonly count?: number
}

/** A few views of one thing; links, so that they work without script and stand in the address. */
export function Segments({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav className="seg" aria-label={label}>
      {choices.map((choice) => (
        <Link key={choice.to} to={choice.to} {...(choice.current ? { 'aria-current': 'page' as const } : {})}>
          {choice.label}
        </Link>
      ))}
    </nav>
  )
}

export function Tabs({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {choices.map((choice) => (
        <Link key={choice.to} to={choice.to} {...(choice.current ? { 'aria-current': 'page' as const } : {})}>
          {choice.label}
          {choice.count === undefined ? null : <span className="cnt">{choice.count}</span>}
        </Link>
      ))}
    </nav>
  )
}

/** A GET form: its state lives in the address. The button is always there. */
export function Filters({ children }: { children: ReactNode }) {
  const t = useT()
  return (
    <Form method="get" className="filters" aria-label={t('common.filter.label')}>
      {children}
      <button type="submit" className="btn sm">
        {t('common.filter.apply')}
      </button>
    </Form>
  )
}

/** An active filter; the cross is a link that takes it away. */
export function Chip({ label, without }: { label: string; without: string }) {
  const t = useT()
  return (
    <span className="chip">
      {label}
      <Link to={without} aria-label={t('common.filter.remove', { name: label })}>
        ×
      </Link>
    </span>
  )
}
