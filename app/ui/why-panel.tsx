import { Link } from '@remix-run/react'
import { type ReactNode, useId } from 'react'
import { Bilingual, useT } from '#app/ui/locale.tsx'

type WhyPanelProps = {
  title: ReactNode
  due?: ReactNode
  actual?: ReactNode
  rule?: ReactNode
  effect?: ReactNode
  /** What was looked at and did not apply. */
  checked?: readonly string[]
  actions?: ReactNode
  /** Where the page is without the panel. */
  close?: string
}

/** Answers "why?" for one result, inside the page, so that it also opens without script. */
export function WhyPanel({ title, checked = [], actions, close, ...parts }: WhyPanelProps) {
  const t = useT()
  const id = useId()
  const order = ['due', 'actual', 'rule', 'effect'] as const
  return (
    <section className="pop here" aria-labelledby={id}>
      <div className="ph">
        <h3 id={id}>{title}</h3>
        {close ? (
          <Link to={close} className="push" preventScrollReset>
            {t('common.why.close')}
          </Link>
        ) : null}
      </div>
      <div className="pb">
        <dl className="kv">
          {order.map((part) =>
            parts[part] ? (
              <WhyRow key={part} name={<Bilingual k={`common.why.${part}`} />}>
                {parts[part]}
              </WhyRow>
            ) : null,
          )}
          {checked.length > 0 ? (
            <WhyRow name={<Bilingual k="common.why.checked" />}>
              <ul>
                {checked.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </WhyRow>
          ) : null}
        </dl>
      </div>
      {actions ? <div className="pf">{actions}</div> : null}
    </section>
  )
}

function WhyRow({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
