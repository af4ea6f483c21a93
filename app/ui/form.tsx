import { Form as RemixForm, useNavigation } from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'

/** The error of each field by its name; '' is the whole form. */
export type FormErrors = Readonly<Record<string, string | undefined>>

type FormProps = {
  action?: string
  errors?: FormErrors | null | undefined
  /** The label of each field in the summary's links. */
  labels?: Readonly<Record<string, string>>
  /** Posts by the browser itself, as without JavaScript; for pages that must arrive whole, such as sign-in. */
  document?: boolean
  /** Only where a page's form needs another token than the root's. */
  csrf?: string
  children: ReactNode
}

/** A POST form: carries its token, keeps its values, lists its errors on top with links, works without JavaScript. */
export function Form({ action, errors, labels = {}, document = true, csrf, children }: FormProps) {
  const root = useRootData()
  const navigation = useNavigation()
  const token = csrf ?? root?.csrf
  const busy = navigation.state === 'submitting' && navigation.formAction === action
  return (
    <RemixForm
      method="post"
      className="frm"
      noValidate
      reloadDocument={document}
      aria-busy={busy}
      {...(action ? { action } : {})}
    >
      {token ? <input type="hidden" name="csrf" value={token} /> : null}
      <ErrorSummary errors={errors ?? {}} labels={labels} />
      {children}
    </RemixForm>
  )
}

function ErrorSummary({ errors, labels }: { errors: FormErrors; labels: Readonly<Record<string, string>> }) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const found = Object.entries(errors).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const marks = found.map(([name, message]) => `${name}:${message}`).join('|')
  useEffect(() => {
    if (marks) box.current?.focus()
  }, [marks])
  if (found.length === 0) return null
  const fields = found.filter(([name]) => name !== '')
  return (
    <div className="al bad" role="alert" tabIndex={-1} ref={box} id="error-summary">
      <span className="ic" aria-hidden="true">
        !
      </span>
      <div className="bd">
        <b>{errors[''] ?? t('common.form.summary', { count: fields.length })}</b>
        {fields.length > 0 ? (
          <ul>
            {fields.map(([name, message]) => (
              <li key={name}>
                <a href={`#${name}`}>
                  {labels[name] ? t('common.form.about', { label: labels[name], message }) : message}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  )
}
