import type { ReactNode } from 'react'
import { useT } from '#app/ui/locale.tsx'

type ProgressProps = { title: ReactNode; done: number; total: number; tone?: 'ok' | 'warn'; note?: ReactNode }

export function Progress({ title, done, total, tone, note }: ProgressProps) {
  const t = useT()
  const text = t('common.progress.of', { done, total })
  return (
    <div>
      <div className="pgh">
        <b>
          {title} {text}
        </b>
        {note ? <span className="mut">{note}</span> : null}
      </div>
      <progress className={tone ? `pg ${tone}` : 'pg'} value={done} max={Math.max(total, 1)} aria-label={text} />
    </div>
  )
}

export type Step = { readonly key: string; readonly state: 'done' | 'now' | 'later' | 'warn'; readonly text: ReactNode }

/** done filled, now haloed, later hollow, warn a diamond. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="tl">
      {steps.map((step) => (
        <li
          key={step.key}
          className={step.state === 'later' ? '' : step.state}
          {...(step.state === 'now' ? { 'aria-current': 'step' as const } : {})}
        >
          {step.text}
        </li>
      ))}
    </ol>
  )
}
