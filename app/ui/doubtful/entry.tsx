import { type InputHTMLAttributes, useId } from 'react'

type EntryProps = { name: string; label: string } & Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'id' | 'name' | 'className' | 'style'
>

/** A field of which the page has several with one name, one in each form. */
export function Entry({ name, label, ...rest }: EntryProps) {
  const id = useId()
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      <input id={id} name={name} className="in" {...rest} />
    </div>
  )
}
