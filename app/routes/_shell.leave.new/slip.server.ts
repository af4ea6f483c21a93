import { data, redirect } from '@remix-run/node'
import type { Visitor } from '#app/auth/guard.server.ts'
import { now } from '#app/clock.server.ts'
import type { LeaveView } from '#app/domain/leave/view.ts'
import { saveDraft } from '#app/services/leave/save-draft.server.ts'
import { submitLeave } from '#app/services/leave/submit-leave.server.ts'
import { kindOf, type LeaveTyped, type Problems, periodOf, problemsOf, typedOf } from '#app/ui/leave/typed.ts'
import { formModel, problemsFrom, todayOf } from './form.server.ts'

/** What was typed, as the services take it; only for what `problemsOf` found nothing wrong with. */
export function slipOf(typed: LeaveTyped) {
  const kind = kindOf(typed)
  const period = periodOf(typed)
  if (!kind || !period) throw new Error('a slip without kind or period')
  return {
    kind,
    period,
    reason: typed.reason.normalize('NFC').trim(),
    destination: typed.destination.trim() || null,
    leavesTown: typed.leaves_town,
    // What is left empty keeps the number that is stored; the form never gets it back whole.
    phone: typed.phone === '' && !typed.phone_clear ? null : typed.phone,
    handover: typed.handover.trim() || null,
    standInId: typed.stand_in || null,
  }
}

/** What whoever sent a slip back wrote 退回意见. */
export function opinionOf({ state, decisions }: LeaveView): string | null {
  return state === 'returned' ? (decisions.filter(({ act }) => act === 'returned').at(-1)?.note ?? null) : null
}

type Asked = {
  readonly visitor: Visitor
  readonly personId: string
  readonly form: FormData
  readonly held: LeaveView | null
}

/** Counts again, keeps a draft or sends the request; whatever is wrong comes back with everything that was typed. */
export async function answerForm({ visitor, personId, form, held }: Asked) {
  const intent = String(form.get('intent') ?? '')
  const typed = { ...typedOf(form), id: held?.id ?? '' }
  const again = async (problems: Problems, status: number) =>
    data(
      {
        model: await formModel(visitor, {
          mode: held ? 'edit' : 'new',
          typed,
          problems,
          personId,
          phoneMasked: held?.phoneMasked ?? null,
          opinion: held ? opinionOf(held) : null,
        }),
      },
      { status },
    )
  if (intent === 'preview') return await again({}, 200)
  if (intent !== 'draft' && intent !== 'submit') throw data({ code: 'bad_request' }, { status: 400 })
  const problems = problemsOf(typed, todayOf(visitor), intent === 'submit')
  if (Object.keys(problems).length > 0) return await again(problems, 400)
  const request = {
    by: visitor,
    id: held?.id ?? null,
    revision: held ? Number(typed.revision) : null,
    slip: slipOf(typed),
  }
  const done = intent === 'draft' ? await saveDraft(request, now()) : await submitLeave(request, now())
  if (!done.ok) return await again(problemsFrom(done), 409)
  throw redirect(`/leave?done=${intent === 'draft' ? 'saved' : 'submitted'}&id=${done.value.id}`)
}
