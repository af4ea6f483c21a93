import { type ReactNode, useId } from 'react'

type CardProps = {
  title?: ReactNode
  /** Right of the title: a count, a link, a state. */
  extra?: ReactNode
  /** False when the content brings its own padding, for example a list. */
  padded?: boolean
  footer?: ReactNode
  children: ReactNode
}

export function Card({ title, extra, padded = true, footer, children }: CardProps) {
  const id = useId()
  return (
    <section className="card" {...(title ? { 'aria-labelledby': id } : {})}>
      {title ? (
        <div className="ch">
          <h2 id={id}>{title}</h2>
          {extra ? <span className="x">{extra}</span> : null}
        </div>
      ) : null}
      {padded ? <div className="cb">{children}</div> : children}
      {footer ? <div className="ft">{footer}</div> : null}
    </section>
  )
}

/** The page's only h1, its facts line and its actions. */
export function Heading({ title, facts, children }: { title: ReactNode; facts?: ReactNode; children?: ReactNode }) {
  return (
    <div className="hd">
      <h1>{title}</h1>
      {facts ? <span className="sub sm">{facts}</span> : null}
      {children ? <div className="acts">{children}</div> : null}
    </div>
  )
}

/** Says why there is nothing and gives one thing to do. */
export function Empty({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <b>{title}</b>
      {children}
      {action ? <div>{action}</div> : null}
    </div>
  )
}
