import { data, redirect } from '@remix-run/node'
import { z } from 'zod'
import type { Visitor } from '#app/auth/guard.server.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { pressToMake } from '#app/db/demo-finger.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { fingerNumber } from '#app/domain/devices/enrol-attempt.ts'
import type { Result } from '#app/domain/result.ts'
import { env } from '#app/env.server.ts'
import type { Locale } from '#app/i18n/catalogue.ts'
import { translator } from '#app/i18n/translator.ts'
import { cancelAttempt } from '#app/services/devices/enrol-cancel.server.ts'
import { recordConsent, withdrawConsent } from '#app/services/devices/enrol-consent.server.ts'
import { deleteEnrolment, deleteUnowned } from '#app/services/devices/enrol-delete.server.ts'
import { startEnrolment, startTrial } from '#app/services/devices/enrol-start.server.ts'
import { requestPress } from '#app/services/devices/request-press.server.ts'

export type Act = {
  readonly visitor: Visitor
  readonly personId: string
  readonly form: FormData
  readonly locale: Locale
}

const points = ['purpose', 'deletion', 'free'] as const
const ways = ['right', 'wrong', 'other', 'wet', 'dry', 'unplug', 'replug'] as const

function byOf({ centreId, centre, accountId, role, address }: Visitor): By {
  return { centreId, zone: centre.zone, accountId, role, address }
}

function read<Schema extends z.ZodType>(form: FormData, schema: Schema): z.infer<Schema> {
  const known = schema.safeParse(Object.fromEntries(form))
  if (!known.success) throw data({ code: 'bad_request' }, { status: 400 })
  return known.data
}

const reader = z.object({ reader: z.uuid() })

/** Does what a button of the enrolment page asks for and leads back to the page. */
export async function actOn(act: Act) {
  const by = byOf(act.visitor)
  const { form, personId } = act
  switch (form.get('intent')) {
    case 'consent':
      return consent(act, by)
    case 'start': {
      const { reader: sourceId, finger } = read(form, reader.extend({ finger: fingerNumber }))
      const started = await startEnrolment(by, { personId, sourceId, finger }, now())
      return back(act, started, { keep: { finger: String(finger), reader: sourceId } })
    }
    case 'try': {
      const { reader: sourceId } = read(form, reader)
      return back(act, await startTrial(by, { personId, sourceId }, now()), { keep: { reader: sourceId } })
    }
    case 'cancel':
      return back(act, await cancelAttempt(by, personId, now()), { done: 'cancelled' })
    case 'withdraw':
      return back(act, await withdrawConsent(by, personId, now()), { done: 'withdrawn' })
    default:
      return deletions(act, by)
  }
}

async function deletions(act: Act, by: By) {
  const { form, personId } = act
  if (form.get('intent') === 'delete') {
    const { enrolment: enrolmentId } = read(form, z.object({ enrolment: z.uuid() }))
    const asked = await deleteEnrolment(by, { personId, enrolmentId }, now())
    if (!asked.ok && asked.code === 'enrolment_unknown') throw data({ code: 'not_found' }, { status: 404 })
    return back(act, asked, { done: 'deleting' })
  }
  if (form.get('intent') === 'delete_unowned') {
    const { reader: sourceId, slot } = read(form, reader.extend({ slot: z.coerce.number().int().min(0).max(65535) }))
    return back(act, await deleteUnowned(by, { sourceId, slot }, now()), { done: 'deleting' })
  }
  if (form.get('intent') === 'demo_press' && env.DEMO) return press(act)
  throw data({ code: 'bad_request' }, { status: 400 })
}

async function press(act: Act) {
  const shape = reader.extend({ finger: fingerNumber, way: z.enum(ways) })
  const { reader: sourceId, finger, way } = read(act.form, shape)
  const { personId, visitor } = act
  const press = await pressToMake(prisma, { centreId: visitor.centreId, sourceId, personId, finger, way })
  const pressed = press.ok ? await requestPress(press.value, now()) : press
  return back(act, pressed, { keep: { finger: String(finger), reader: sourceId } })
}

/** All three points and how consent was given; what was ticked stays ticked when something is missing. */
async function consent(act: Act, by: By) {
  const t = translator(act.locale)
  const ticked = act.form.getAll('point').map(String)
  const how = String(act.form.get('how') ?? '')
  const missing = points
    .filter((point) => !ticked.includes(point))
    .map((point) => t(`enrolment.consent.point.${point}`))
  const errors = {
    ...(missing.length === 0
      ? {}
      : { points: t('enrolment.consent.unread', { missing: missing.join(t.locale === 'en' ? '; ' : '；') }) }),
    ...(how === 'paper' || how === 'screen' ? {} : { how: t('enrolment.consent.how_missing') }),
  }
  if (how !== 'paper' && how !== 'screen') return data({ typed: { points: ticked, how, errors } }, { status: 400 })
  if (missing.length > 0) return data({ typed: { points: ticked, how, errors } }, { status: 400 })
  return back(act, await recordConsent(by, { personId: act.personId, how }, now()), { done: 'consent' })
}

type Back = { readonly done?: string; readonly keep?: Readonly<Record<string, string>> }

function back(act: Act, result: Result<unknown>, { done, keep = {} }: Back) {
  const search = new URLSearchParams(keep)
  if (result.ok) {
    if (done !== undefined) search.set('done', done)
  } else {
    search.set('refused', result.code)
    for (const [name, value] of Object.entries(result.facts)) search.set(name, String(value))
  }
  const query = search.size === 0 ? '' : `?${search}`
  return redirect(`/people/${act.personId}/enrol${query}`)
}
