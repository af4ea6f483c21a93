import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { useT } from '#app/ui/locale.tsx'

type Common = {
  /** Also the id, so that the error summary can link to it. */
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  optional?: boolean
}

type FieldProps =
  | (Common & { as?: 'input' } & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'style' | 'name' | 'id'>)
  | (Common & { as: 'select' } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className' | 'style' | 'name' | 'id'>)
  | (Common & { as: 'textarea' } & Omit<
        TextareaHTMLAttributes<HTMLTextAreaElement>,
        'className' | 'style' | 'name' | 'id'
      >)

function describedBy(name: string, hint: unknown, error: unknown): string | undefined {
  return [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined
}

/** A label, one native control, its hint and its error, tied together for eyes and screen readers. */
export function Field(props: FieldProps) {
  const t = useT()
  const { name, label, hint, error, optional, as, ...rest } = props
  const described = describedBy(name, hint, error)
  const shared = {
    id: name,
    name,
    className: 'in',
    ...(described ? { 'aria-describedby': described } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  }
  return (
    <div className="fld">
      <label htmlFor={name}>
        {label}
        {optional ? <span className="need">{t('common.form.optional')}</span> : null}
      </label>
      {as === 'select' ? (
        <select {...shared} {...(rest as SelectHTMLAttributes<HTMLSelectElement>)} />
      ) : as === 'textarea' ? (
        <textarea rows={3} {...shared} {...(rest as TextareaHTMLAttributes<HTMLTextAreaElement>)} />
      ) : (
        <input {...shared} {...(rest as InputHTMLAttributes<HTMLInputElement>)} />
      )}
      {hint ? (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="err" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}
