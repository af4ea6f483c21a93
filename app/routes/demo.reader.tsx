import '#app/ui/devices/greeting-panel.css'
import '#app/ui/devices/demo-reader.css'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { anonymousCsrf } from '#app/auth/csrf.server.ts'
import { guardDemo, readAnonymousForm } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { onlyCentre } from '#app/db/centres.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { type DemoPress, fingerAtReader, pressToMake } from '#app/db/demo-finger.server.ts'
import { demoReaderView } from '#app/db/demo-reader.server.ts'
import { type PressWay, pressWays } from '#app/domain/devices/command.ts'
import { fingerNumber } from '#app/domain/devices/enrol-attempt.ts'
import { type Result, refuse } from '#app/domain/result.ts'
import { localeOf } from '#app/i18n/locale.ts'
import { translator } from '#app/i18n/translator.ts'
import { requestPress } from '#app/services/devices/request-press.server.ts'
import { DemoReaderPage } from '#app/ui/devices/demo-reader-page.tsx'

export const handle = { access: 'demo' } satisfies RouteAccess

const id = z.uuid().nullable().catch(null)

export async function loader(args: LoaderFunctionArgs) {
  guardDemo(args)
  const centre = await demoCentre()
  const search = new URL(args.request.url).searchParams
  const asked = {
    search: (search.get('q') ?? '').slice(0, 60),
    personId: id.parse(search.get('person')),
    sourceId: id.parse(search.get('reader')),
    commandId: id.parse(search.get('command')),
    finger: fingerNumber.nullable().catch(null).parse(search.get('finger')),
  }
  const view = await demoReaderView(prisma, centre, asked, now())
  const { token, setCookie } = anonymousCsrf(args)
  const title = translator(localeOf(args.request))('devices.demo.title')
  const page = { title, view, csrf: token, refused: search.get('refused') }
  return data(page, setCookie === null ? {} : { headers: { 'Set-Cookie': setCookie } })
}

/** The demo has one centre; on a server with several there is nothing to press. */
async function demoCentre() {
  const centre = await onlyCentre(prisma)
  if (centre === null) throw data({ code: 'not_found' }, { status: 404 })
  return centre
}

const pressForm = z.object({
  reader: z.uuid(),
  person: z.uuid().nullable().catch(null),
  how: z
    .enum([...pressWays, 'unknown'])
    .nullable()
    .catch(null),
  finger: fingerNumber.nullable().catch(null),
  way: z.enum(['right', 'wrong', 'other', 'wet', 'dry']).nullable().catch(null),
  q: z.string().max(60).catch(''),
})

export async function action(args: ActionFunctionArgs) {
  guardDemo(args)
  const centre = await demoCentre()
  const form = pressForm.safeParse(Object.fromEntries(await readAnonymousForm(args)))
  if (!form.success) throw data({ code: 'bad_request' }, { status: 400 })
  const { reader, person, how, way, finger, q } = form.data
  const back = new URLSearchParams({ q, reader, ...(person === null ? {} : { person }) })
  if (finger !== null) back.set('finger', String(finger))
  const sent =
    how === null
      ? await awaited(centre.id, { reader, person, finger, way })
      : await pressed(centre.id, { reader, person, how, finger })
  if (sent.ok) back.set('command', sent.value)
  else back.set('refused', sent.code)
  return redirect(`/demo/reader?${back}`)
}

type Awaited = Pick<z.infer<typeof pressForm>, 'reader' | 'person' | 'finger' | 'way'>

/** A finger for an enrolment that waits: the one asked for, or a wrong one. */
async function awaited(centreId: string, { reader, person, finger, way }: Awaited): Promise<Result<string>> {
  if (person === null || finger === null || way === null) throw data({ code: 'bad_request' }, { status: 400 })
  return laidOn({ centreId, sourceId: reader, personId: person, finger, way })
}

async function laidOn(press: DemoPress): Promise<Result<string>> {
  const found = await pressToMake(prisma, press)
  return found.ok ? requestPress(found.value, now()) : found
}

/** A finger of a person by its number, or the one that is enrolled there. */
async function pressed(centreId: string, press: Press & { readonly finger: number | null }): Promise<Result<string>> {
  const { reader, person, how, finger } = press
  const named = how === 'good' || how === 'wet' || how === 'dry'
  if (finger !== null && person !== null && named) {
    const way = how === 'good' ? 'right' : how
    return laidOn({ centreId, sourceId: reader, personId: person, finger, way })
  }
  const laid = await laidFor(centreId, press)
  if (typeof laid === 'string') return refuse(laid)
  const way: PressWay = how === 'unknown' ? 'good' : how
  return requestPress({ centreId, sourceId: reader, ...laid, how: way }, now())
}

type Press = { readonly reader: string; readonly person: string | null; readonly how: PressWay | 'unknown' }
type Laid = { readonly slot: number | null; readonly finger: string | null }

/** Whose finger: nobody's for an unknown finger or a plug; a code when a person is needed and cannot be pressed there. */
async function laidFor(centreId: string, { reader, person, how }: Press): Promise<Laid | string> {
  if (how === 'unknown' || how === 'unplug' || how === 'replug') return { slot: null, finger: null }
  if (person === null) return 'choose_first'
  const laid = await fingerAtReader(prisma, { centreId, sourceId: reader, personId: person, atMs: now() })
  return laid ?? 'no_slot'
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title ?? '' }]

export default function DemoReaderRoute() {
  const { view, csrf, refused } = useLoaderData<typeof loader>()
  return <DemoReaderPage view={view} csrf={csrf} refused={refused} />
}
