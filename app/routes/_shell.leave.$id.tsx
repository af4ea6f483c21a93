import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { plainText } from '#app/domain/leave/plain-text.ts'
import { isEditable } from '#app/domain/leave/state.ts'
import type { LeaveView } from '#app/domain/leave/view.ts'
import type { Refusal } from '#app/domain/result.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { type T, translator } from '#app/i18n/translator.ts'
import { cancelLeave } from '#app/services/leave/cancel-leave.server.ts'
import { withdrawLeave } from '#app/services/leave/withdraw-leave.server.ts'
import { refusalText } from '#app/ui/leave/answer.tsx'
import { type SlipModel, SlipPage } from '#app/ui/leave/slip-page.tsx'
import { nameText } from '#app/ui/leave/texts.ts'
import { detailModel, doneFacts, leaveFor, phoneOf } from './_shell.leave.waiting/detail.server.ts'

export const handle = { access: 'leave.see' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.see')
  const view = await seen(visitor, args.params.id)
  const t = translator(localeOf(args.request))
  const name = t('leave.slip.of', { name: nameText(t, view.person), kind: t(`attendance.mark.${view.kind}`) })
  const title = t('common.title', { page: name, product: t('common.product') })
  return { title, model: await slipModel(t, visitor, view, new URL(args.request.url).searchParams) }
}

async function seen(visitor: Visitor, id: string | undefined): Promise<LeaveView> {
  const view = await leaveFor(visitor, id)
  if (!view) throw data({ code: 'not_found' }, { status: 404 })
  return view
}

async function slipModel(t: T, visitor: Visitor, view: LeaveView, search: URLSearchParams): Promise<SlipModel> {
  const own = view.person.id === visitor.personId
  const may = mayNow(view, own, visitor)
  const asked = search.get('act')
  return {
    detail: await detailModel(visitor, view),
    own,
    may,
    asking: (may.find((act) => act === asked && act !== 'edit') as SlipModel['asking'] | undefined) ?? null,
    refused: null,
    note: '',
    done: await doneFacts(t, visitor, search),
    back: own || !visitor.can('leave.decide') ? '/leave' : '/leave/waiting',
  }
}

/** What may be done now: its holder's acts, and HR setting right an approved one. */
function mayNow(view: LeaveView, own: boolean, visitor: Visitor): SlipModel['may'] {
  if (view.state === 'approved') return (own && !view.begun) || (!own && visitor.role === 'hr') ? ['cancel'] : []
  if (!own) return []
  if (isEditable(view.state)) return ['edit', 'withdraw']
  return view.state === 'submitted' ? ['withdraw'] : []
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'leave.see')
  const form = await readForm(args, visitor)
  const view = await seen(visitor, args.params.id)
  const act = String(form.get('act') ?? '')
  if (act === 'phone') return data({ model: await phoneModel(args.request, visitor, view) })
  if (act !== 'withdraw' && act !== 'cancel') throw data({ code: 'bad_request' }, { status: 400 })
  const note = plainText(String(form.get('note') ?? ''))
  const request = {
    by: visitor,
    id: view.id,
    revision: Number(form.get('revision') ?? 0) || 0,
    note: note.trim() || null,
  }
  const done = act === 'withdraw' ? await withdrawLeave(request, now()) : await cancelLeave(request, now())
  const said = act === 'withdraw' ? 'withdrawn' : 'cancelled'
  if (done.ok) throw redirect(`/leave/${view.id}?done=${said}&of=${view.id}`)
  return data({ model: await refusedModel(args, visitor, { act, note, refusal: done }) }, { status: 409 })
}

type Refused = { readonly act: 'withdraw' | 'cancel'; readonly note: string; readonly refusal: Refusal }

/** The request as it stands now and why it was not done; the question again with what was written, while it can be asked. */
async function refusedModel(args: ActionFunctionArgs, visitor: Visitor, { act, note, refusal }: Refused) {
  const t = translator(localeOf(args.request))
  const model = await slipModel(t, visitor, await seen(visitor, args.params.id), new URLSearchParams({ act }))
  const code = refusal.code === 'note_missing' ? 'cancel_note_missing' : refusal.code
  return { ...model, note, refused: refusalText(t, { code, facts: refusal.facts }) }
}

async function phoneModel(request: Request, visitor: Visitor, view: LeaveView): Promise<SlipModel> {
  const phone = await phoneOf(visitor, view)
  const model = await slipModel(translator(localeOf(request)), visitor, view, new URLSearchParams())
  return { ...model, detail: { ...model.detail, phone } }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function LeaveSlip() {
  const { model } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <SlipPage model={answer?.model ?? model} />
}
