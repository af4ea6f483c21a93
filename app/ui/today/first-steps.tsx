import './first-steps.css'
import { Link } from '@remix-run/react'
import type { FirstStep } from '#app/domain/hall/first-steps.ts'
import { Card } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'

/** The way from a new centre to its first punch; nothing once all of it is there. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const t = useT()
  if (steps.length === 0) return null
  const done = steps.filter(({ state }) => state === 'done').length
  return (
    <Card
      title={<Bilingual k="hall.first.title" />}
      extra={<span className="num">{t('hall.first.progress', { done, total: steps.length })}</span>}
      footer={<p className="mut sm">{t('hall.first.note')}</p>}
    >
      <ol className="first-steps">
        {steps.map(({ key, state, href }) => (
          <li key={key} className={state} {...(state === 'next' ? { 'aria-current': 'step' as const } : {})}>
            <Link to={href} className={state === 'next' ? 'btn pri' : undefined}>
              {t(`hall.first.step.${key}`)}
            </Link>{' '}
            <span className="mut sm">{t(`hall.first.${state}`)}</span>
            {state === 'next' ? <p className="sub sm">{t(`hall.first.step.${key}_note`)}</p> : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}
