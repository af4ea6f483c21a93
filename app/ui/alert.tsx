import type { ReactNode } from 'react'

export type AlertTone = 'info' | 'ok' | 'warn' | 'bad'

const signs: Record<AlertTone, string> = { info: 'i', ok: '✓', warn: '!', bad: '!' }

type AlertProps = {
  tone: AlertTone
  /** What happened. */
  title: ReactNode
  /** What it means. */
  children?: ReactNode
  /** The next step, a link or a button. */
  action?: ReactNode
  /** Announced at once by screen readers; for what just went wrong. */
  urgent?: boolean
}

export function Alert({ tone, title, children, action, urgent = false }: AlertProps) {
  return (
    <div className={`al ${tone}`} {...(urgent ? { role: 'alert' } : {})}>
      <span className="ic" aria-hidden="true">
        {signs[tone]}
      </span>
      <div className="bd">
        <b>{title}</b>
        {children}
      </div>
      {action}
    </div>
  )
}

/** One line of a list of consequences: i for information, n for what to look at, b for what cannot be undone. */
export function Consequence({ tone, children }: { tone: 'info' | 'warn' | 'bad' | 'ok'; children: ReactNode }) {
  const shape = { info: 'n', warn: 'w', bad: 'b', ok: 'g' }[tone]
  return (
    <li>
      <span className={`i ${shape}`} aria-hidden="true">
        {tone === 'info' ? 'i' : '!'}
      </span>
      <span>{children}</span>
    </li>
  )
}
