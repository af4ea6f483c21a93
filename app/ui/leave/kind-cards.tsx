import { marks } from '#app/domain/attendance/marks.ts'
import type { CountBasis, LeaveKind } from '#app/domain/leave/view.ts'
import { Bilingual, useT } from '#app/ui/locale.tsx'

export type KindChoice = { readonly kind: LeaveKind; readonly counts: CountBasis }

/** The kinds most often asked for stand open; the others behind "more". */
const often: readonly LeaveKind[] = ['annual', 'sick', 'private', 'official_leave', 'marriage']

type Props = { readonly kinds: readonly KindChoice[]; readonly chosen: string; readonly error: string | undefined }

export function KindCards({ kinds, chosen, error }: Props) {
  const t = useT()
  const first = kinds.filter(({ kind }) => often.includes(kind))
  const rest = kinds.filter(({ kind }) => !often.includes(kind))
  return (
    <fieldset className="sec first" id="kind" {...(error ? { 'aria-describedby': 'kind-error' } : {})}>
      <legend className="lg">
        <Bilingual k="leave.form.kind" />
      </legend>
      <div className="types">
        {first.map((one) => (
          <KindCard key={one.kind} {...one} chosen={chosen} />
        ))}
      </div>
      {rest.length > 0 ? (
        <details className="more" open={rest.some(({ kind }) => kind === chosen)}>
          <summary>{t('leave.form.more')}</summary>
          <div className="types">
            {rest.map((one) => (
              <KindCard key={one.kind} {...one} chosen={chosen} />
            ))}
          </div>
        </details>
      ) : null}
      {error ? (
        <p className="err" id="kind-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

function KindCard({ kind, counts, chosen }: KindChoice & { chosen: string }) {
  const t = useT()
  const { char, family } = marks[kind]
  return (
    <label className="ty">
      <input type="radio" name="kind" value={kind} defaultChecked={kind === chosen} />
      <span className="bx">
        <span className={`mk ${family}`} aria-hidden="true">
          {char}
        </span>
        <span>
          {t(`attendance.mark.${kind}`)}
          <small>{t(counts === 'working' ? 'leave.form.by_working' : 'leave.form.by_calendar')}</small>
        </span>
      </span>
    </label>
  )
}
