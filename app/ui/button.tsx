import { Link } from '@remix-run/react'
import type { ButtonHTMLAttributes, ReactNode } from 'react'

type Look = { look?: 'primary' | 'danger' | 'plain' | 'ghost'; small?: boolean; wide?: boolean }

function classes({ look = 'plain', small, wide }: Look): string {
  const kind = { primary: 'pri', danger: 'dan', plain: '', ghost: 'ghost' }[look]
  return ['btn', kind, small && 'sm', wide && 'wide'].filter(Boolean).join(' ')
}

type ButtonProps = Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'>

/** The label names the result of the click. */
export function Button({ look, small, wide, type = 'submit', ...rest }: ButtonProps) {
  return <button type={type} className={classes(strip({ look, small, wide }))} {...rest} />
}

type ButtonLinkProps = Look & { to: string; children: ReactNode; document?: boolean }

/** A link that looks like a button; `document` loads a whole page, for paper and for pages outside the shell. */
export function ButtonLink({ look, small, wide, to, children, document = false }: ButtonLinkProps) {
  return (
    <Link to={to} className={classes(strip({ look, small, wide }))} reloadDocument={document}>
      {children}
    </Link>
  )
}

function strip(look: { [Key in keyof Look]: Look[Key] | undefined }): Look {
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined))
}
