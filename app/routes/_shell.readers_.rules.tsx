import '#app/ui/readers/reader.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guard, readForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { deviceRulesOn } from '#app/db/device-rules.server.ts'
import { deviceRulesHistory } from '#app/db/device-rules-history.server.ts'
import {
  changesBetween,
  numberPaths,
  type RuleChange,
  type RuleProblem,
  readRules,
  switchPaths,
  type TypedRules,
  valueAt,
} from '#app/domain/devices/device-rules-form.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { saveDeviceRules } from '#app/services/devices/save-device-rules.server.ts'
import { RulesView } from '#app/ui/readers/rules-view.tsx'

export const handle = { access: 'readers.read', action: 'readers.manage' } satisfies RouteAccess

const longest = 40

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'readers.read')
  const { day } = civilOf(now(), visitor.centre.zone)
  const rules = await deviceRulesOn(prisma, visitor.centreId, day)
  const history = (await deviceRulesHistory(prisma, visitor.centreId)).map(({ version, name, validFrom }) => ({
    version,
    name,
    validFrom,
  }))
  const numbers = numberPaths.map((path) => [path, String(valueAt(rules, path))])
  const switches = switchPaths.map((path) => [path, valueAt(rules, path) === true ? 'on' : ''])
  const typed: TypedRules = Object.fromEntries([...numbers, ...switches])
  return {
    title: translator(localeOf(args.request))('readerPage.rules.title'),
    typed,
    inForce: history[0] ?? null,
    history,
    saved: new URL(args.request.url).searchParams.get('done') === 'saved',
  }
}

type Answer = {
  readonly typed: TypedRules
  readonly problems: readonly RuleProblem[]
  readonly changes: readonly RuleChange[] | null
  readonly unchanged: boolean
}

export async function action(args: ActionFunctionArgs) {
  const visitor = await guard(args, 'readers.manage')
  const form = await readForm(args, visitor)
  const intent = form.get('intent')
  if (intent !== 'check' && intent !== 'save') throw data({ code: 'bad_request' }, { status: 400 })
  const fields = [...numberPaths, ...switchPaths, 'name']
  const typed: TypedRules = Object.fromEntries(
    fields.map((field) => [field, String(form.get(field) ?? '').slice(0, 200)]),
  )
  const name = (typed.name ?? '').normalize('NFC').trim()
  const read = readRules(typed)
  const problems = [...(read.ok ? [] : read.problems), ...nameProblem(name)]
  const answer: Answer = { typed, problems, changes: null, unchanged: false }
  if (!read.ok || problems.length > 0) return data(answer, { status: 400 })
  const { centreId, centre, accountId, role, address } = visitor
  if (intent === 'check') {
    const { day } = civilOf(now(), centre.zone)
    const changes = changesBetween(await deviceRulesOn(prisma, centreId, day), read.value)
    return data({ ...answer, changes, unchanged: changes.length === 0 })
  }
  const by = { centreId, zone: centre.zone, accountId, role, address }
  const saved = await saveDeviceRules(by, { values: read.value, name }, now())
  if (!saved.ok) return data({ ...answer, unchanged: true }, { status: 400 })
  return redirect('/readers/rules?done=saved')
}

function nameProblem(name: string): readonly RuleProblem[] {
  const length = [...name].length
  return length >= 1 && length <= longest ? [] : [{ path: 'name', code: 'name_length', limit: longest }]
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function Rules() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as Answer | undefined
  const empty = { problems: [], changes: null, unchanged: false }
  return <RulesView page={{ ...page, ...(answer ?? empty), saved: page.saved && answer === undefined }} />
}
