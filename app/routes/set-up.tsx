import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useActionData, useLoaderData } from '@remix-run/react'
import { publicRoute, readAnonymousForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { isSetUpCode } from '#app/auth/set-up-code.server.ts'
import { addressOf } from '#app/auth/visitor.server.ts'
import { now } from '#app/clock.server.ts'
import { anyCentre } from '#app/db/centres.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { readSetUp, type SetUpProblem, type Typed } from '#app/domain/access/set-up.ts'
import { fourPunchProfile, twoPunchProfile } from '#app/domain/attendance/presets.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { env } from '#app/env.server.ts'
import { type Slip, setUpCentre } from '#app/services/access/set-up-centre.server.ts'
import { presetCard } from '#app/ui/access/preset-card.ts'
import { SetUpView } from '#app/ui/access/set-up-view.tsx'
import { SlipsView } from '#app/ui/access/slips-view.tsx'
import { pageTitle } from '#app/ui/access/title.ts'

export const handle = { access: 'public' } satisfies RouteAccess

const defaultZone = 'Asia/Shanghai'

/** Requests that have just set the centre up: their answer shows the slips instead of going to sign-in. */
const done = new WeakSet<object>()

export async function loader(args: LoaderFunctionArgs) {
  publicRoute(args)
  if ((await anyCentre(prisma)) && !done.has(args.context)) throw redirect('/sign-in')
  return {
    zone: defaultZone,
    publicUrl: env.PUBLIC_URL ?? new URL(args.request.url).origin,
    validFrom: civilOf(now(), defaultZone).day,
    presets: [presetCard('four', fourPunchProfile), presetCard('two', twoPunchProfile)],
  }
}

type Answer =
  | { readonly problems: Readonly<Record<string, SetUpProblem | { code: 'code' }>>; readonly typed: Typed }
  | { readonly slips: readonly Slip[]; readonly address: string; readonly zone: string }

export async function action(args: ActionFunctionArgs) {
  publicRoute(args)
  const form = await readAnonymousForm(args)
  if (await anyCentre(prisma)) throw redirect('/sign-in')
  const typed = textsOf(form)
  const known = isSetUpCode(typed.code ?? '')
  const read = readSetUp(typed)
  if ('problems' in read || !known) {
    const problems = 'problems' in read ? read.problems : {}
    return answer({ problems: known ? problems : { code: { code: 'code' }, ...problems }, typed }, 400)
  }
  const made = await setUpCentre(read.setUp, now(), addressOf(args))
  if (!made.ok) throw redirect('/sign-in')
  done.add(args.context)
  const address = read.setUp.publicUrl ?? new URL(args.request.url).origin
  return answer({ slips: made.value, address, zone: read.setUp.zone }, 200)
}

function answer(body: Answer, status: number) {
  return data(body, { status, headers: { 'Cache-Control': 'no-store' } })
}

function textsOf(form: FormData): Typed {
  const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(
    entries.filter(([name]) => name !== 'csrf').map(([name, text]) => [name, text.slice(0, 500)]),
  )
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'access.set_up.title')

export default function SetUp() {
  const model = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  if (result && 'slips' in result) return <SlipsView slips={result.slips} address={result.address} zone={result.zone} />
  return <SetUpView {...model} typed={result?.typed ?? {}} problems={result?.problems ?? {}} />
}
