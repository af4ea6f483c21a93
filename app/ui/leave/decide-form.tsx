import { longestNote } from '#app/domain/leave/plain-text.ts'
import type { LeaveView } from '#app/domain/leave/view.ts'
import { Button } from '#app/ui/button.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import { approveLabel, partiesText } from './texts.ts'

export type Deciding = {
  readonly note: string
  /** By field; '' is the whole form. */
  readonly errors: Readonly<Record<string, string>>
}

/** The decision: an opinion, and buttons that name what they bring about. */
export function DecideForm({ view, mine, deciding }: { view: LeaveView; mine: string; deciding: Deciding | null }) {
  const t = useT()
  const role = useRootData()?.visitor?.role
  // Another's word is taken from paper; whose it is and that it was signed has to be said.
  const who = role === undefined || role === mine ? null : partiesText(t, [mine], 'any')
  return (
    <div className="act">
      <Form errors={deciding?.errors} labels={{ note: t('leave.decide.opinion') }}>
        <input type="hidden" name="id" value={view.id} />
        <input type="hidden" name="revision" value={view.revision} />
        <input type="hidden" name="party" value={mine} />
        <div className="go">
          <Field
            name="note"
            label={t('leave.decide.opinion')}
            hint={who === null ? t('leave.decide.opinion_hint') : t('leave.decide.paper_hint', { who })}
            defaultValue={deciding?.note ?? ''}
            error={deciding?.errors.note}
            maxLength={longestNote * 2}
          />
          <div className="bt">
            <Button look="primary" name="act" value="approve" id="approve">
              {who === null ? approveLabel(t, view.steps, mine) : t('leave.decide.approve_paper', { who })}
            </Button>
            <Button name="act" value="return">
              {t('leave.decide.return')}
            </Button>
            <Button look="danger" name="act" value="refuse">
              {t('leave.decide.refuse')}
            </Button>
          </div>
        </div>
      </Form>
    </div>
  )
}
