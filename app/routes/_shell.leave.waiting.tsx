import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { decidedLeaves, waitingLeaves, waitingOnPaper } from '#app/db/leave.server.ts'
import { plainText } from '#app/domain/leave/plain-text.ts'
import type { LeaveLine, LeaveView, Party } from '#app/domain/leave/view.ts'
import type { Refusal } from '#app/domain/result.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { type T, translator } from '#app/i18n/translator.ts'
import { decideLeave } from '#app/services/leave/decide-leave.server.ts'
import { refusalText } from '#app/ui/leave/answer.tsx'
import type { Problem } from '#app/ui/leave/typed.ts'
import { type WaitingModel, WaitingPage } from '#app/ui/leave/waiting-page.tsx'
import { detailModel, doneFacts, leaveFor, phoneOf } from './_shell.leave.waiting/detail.server.ts'

export const handle = { access: 'leave.decide' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'leave.decide')
  const t = translator(localeOf(args.request))
  const search = new URL(args.request.url).searchParams
  const title = t('common.title', { page: t('leave.waiting.title'), product: t('common.product') })
  return { title, model: await waitingModel(visitor, search, await doneFacts(t, visitor, search)) }
}

async function waitingModel(
  visitor: Visitor,
  search: URLSearchParams,
  done: WaitingModel['done'],
): Promise<WaitingModel> {
  const show = search.get('show') === 'decided' ? 'decided' : 'waiting'
  const today = civilOf(now(), visitor.centre.zone).day
  const lines = show === 'decided' ? await decidedLeaves(prisma, visitor, today) : await waitingFor(visitor, today)
  const asked = search.get('id')
  const opened = await leaveFor(visitor, asked)
  if (asked && !opened) throw data({ code: 'not_found' }, { status: 404 })
  const chosen = opened ?? (await leaveFor(visitor, lines[0]?.id))
  const detail = chosen ? await detailModel(visitor, chosen) : null
  const own = detail?.view.person.id === visitor.personId
  const idle = !detail || detail.mine ? null : own ? 'own' : 'not_due'
  return { show, lines, detail, opened: opened !== null, idle, deciding: null, done, today, zone: visitor.centre.zone }
}

/** What the visitor may decide, and for HR what waits for a word on paper, each once. */
async function waitingFor(visitor: Visitor, today: string): Promise<LeaveLine[]> {
  const [mine, paper] = await Promise.all([
    waitingLeaves(prisma, visitor, today),
    waitingOnPaper(prisma, visitor, today),
  ])
  const known = new Set(mine.map(({ id }) => id))
  return [...mine, ...paper.filter(({ id }) => !known.has(id))]
}

const results = { approve: 'approved', return: 'returned', refuse: 'refused' } as const
type Act = keyof typeof results

function actOf(form: FormData): Act {
  const act = String(form.get('act') ?? '')
  if (!Object.hasOwn(results, act)) throw data({ code: 'bad_request' }, { status: 400 })
  return act as Act
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'leave.decide')
  const form = await readForm(args, visitor)
  const view = await leaveFor(visitor, String(form.get('id') ?? ''))
  if (!view) throw data({ code: 'not_found' }, { status: 404 })
  if (form.get('act') === 'phone') return data({ model: await phoneModel(visitor, view) })
  const act = actOf(form)
  const note = plainText(String(form.get('note') ?? ''))
  const party = String(form.get('party') ?? '')
  const request = {
    by: visitor,
    id: view.id,
    revision: Number(form.get('revision') ?? 0) || 0,
    act,
    note: note.trim() || null,
    forParty: party !== '' && party !== visitor.role ? (party as Party) : null,
  }
  const done = await decideLeave(request, now())
  if (done.ok) throw redirect(`/leave/waiting?done=${results[act]}&of=${view.id}`)
  return data(
    await refusedModel(visitor, args.request, { refusal: paperWord(done, request.forParty), id: view.id, note }),
    { status: 409 },
  )
}

/** The page with the telephone number of the request that is open. */
async function phoneModel(visitor: Visitor, view: LeaveView): Promise<WaitingModel> {
  const phone = await phoneOf(visitor, view)
  const model = await waitingModel(visitor, new URLSearchParams({ id: view.id }), null)
  return { ...model, detail: await detailModel(visitor, view, phone) }
}

/** Who was first is told with the time; a word given earlier in the same step has none. */
function told({ code, facts }: Refusal, zone: string, locale: T['locale']): Problem {
  if (code !== 'already_decided') return { code, facts }
  if (typeof facts.atMs !== 'number') return { code: 'already_plain', facts }
  return { code, facts: { ...facts, time: formatInstant(facts.atMs, zone, locale) } }
}

/** Whoever records another's word from paper is asked for what stands on it, not for an opinion. */
function paperWord(refusal: Refusal, forParty: Party | null): Refusal {
  return forParty !== null && refusal.code === 'note_missing' ? { ...refusal, code: 'paper_note_missing' } : refusal
}

type Refused = { readonly refusal: Refusal; readonly id: string; readonly note: string }

/** The page again with what was typed, and why it was not done. */
async function refusedModel(visitor: Visitor, request: Request, { refusal, id, note }: Refused) {
  const t = translator(localeOf(request))
  const search = new URLSearchParams({ id })
  const model = await waitingModel(visitor, search, null)
  const text = refusalText(t, told(refusal, visitor.centre.zone, t.locale))
  const onNote = ['note_missing', 'paper_note_missing', 'note_too_long'].includes(refusal.code)
  return { model: { ...model, deciding: { note, errors: onNote ? { note: text } : { '': text } } } }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function LeaveWaiting() {
  const { model } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <WaitingPage model={answer?.model ?? model} />
}
