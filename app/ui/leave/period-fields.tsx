import type { Half } from '#app/domain/attendance/day.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { Button } from '#app/ui/button.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import type { LeaveTyped } from './typed.ts'

type Props = {
  readonly typed: LeaveTyped
  readonly errors: Readonly<Record<string, string>>
  /** True when script counts by itself. */
  readonly counted: boolean
}

/** From when to when, each with its half-day; without script a button counts again. */
export function PeriodFields({ typed, errors, counted }: Props) {
  const t = useT()
  return (
    <div className="sec first">
      <div className="two">
        <Moment name="from" day={typed.from} half={typed.from_half} error={errors.from} />
        <Moment name="to" day={typed.to} half={typed.to_half} error={errors.to} />
      </div>
      {counted ? null : (
        <p className="recount">
          <Button small name="intent" value="preview">
            {t('leave.form.recount')}
          </Button>
          <span className="mut sm">{t('leave.form.recount_hint')}</span>
        </p>
      )}
    </div>
  )
}

type MomentProps = {
  readonly name: 'from' | 'to'
  readonly day: string
  readonly half: string
  readonly error: string | undefined
}

const halfLabels: Record<MomentProps['name'], Key> = { from: 'leave.form.from_half', to: 'leave.form.to_half' }

function Moment({ name, day, half, error }: MomentProps) {
  const t = useT()
  return (
    <div className="fld">
      <label htmlFor={name}>
        <Bilingual k={`leave.form.${name}`} />
      </label>
      <div className="dt">
        <input
          className="in"
          type="date"
          id={name}
          name={name}
          defaultValue={day}
          min="2020-01-01"
          max="2099-12-31"
          {...(error ? { 'aria-invalid': true, 'aria-describedby': `${name}-error` } : {})}
        />
        <span className="halfs" role="radiogroup" aria-label={t(halfLabels[name])}>
          <HalfChoice name={name} half="am" chosen={half} />
          <HalfChoice name={name} half="pm" chosen={half} />
        </span>
      </div>
      {error ? (
        <p className="err" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}

function HalfChoice({ name, half, chosen }: { name: string; half: Half; chosen: string }) {
  const t = useT()
  return (
    <label>
      <input type="radio" name={`${name}_half`} value={half} defaultChecked={half === chosen} />
      <span>{t(`leave.half.${half}`)}</span>
    </label>
  )
}
