import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { guard, type Visitor } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { filterChoices } from '#app/db/people-choices.server.ts'
import { listPeople } from '#app/db/people-list.server.ts'
import { type IdentityKind, isIdentityKind } from '#app/domain/people/person.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { pageTitle } from '#app/ui/access/title.ts'
import { type PeopleModel, PeoplePage } from '#app/ui/people/people-page.tsx'

export const handle = { access: 'people.read' } satisfies RouteAccess

/** More than any centre has; a printed list is never cut silently below it. */
const mostPrinted = 40

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'people.read')
  const query = readQuery(new URL(args.request.url).searchParams)
  const { day } = civilOf(now(), visitor.centre.zone)
  const choices = await filterChoices(prisma, visitor.scope)
  const first = await found(visitor, query, query.print ? 1 : query.page, day)
  const rest = query.print
    ? Array.from({ length: Math.min(first.pages, mostPrinted) - 1 }, (_, index) => index + 2)
    : []
  const more = await Promise.all(rest.map((page) => found(visitor, query, page, day)))
  const rows = [first, ...more].flatMap((page) => page.rows)
  const { count, pages } = first
  return { day, query, rows, count, pages, choices, manages: visitor.can('people.manage'), added: query.added }
}

type Query = PeopleModel['query'] & {
  readonly kind: IdentityKind | ''
  readonly state: 'serving' | 'coming' | 'left' | 'all'
  readonly sort: string
  readonly added: number | null
}

function readQuery(search: URLSearchParams): Query {
  const text = (name: string) => (search.get(name) ?? '').trim()
  const kind = text('kind')
  const state = text('state')
  const page = Number(text('page'))
  return {
    q: [...text('q')].slice(0, 80).join(''),
    unit: idOf(text('unit')),
    zone: idOf(text('zone')),
    kind: isIdentityKind(kind) ? kind : '',
    state: state === 'coming' || state === 'left' || state === 'all' ? state : 'serving',
    sort: text('sort'),
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
    print: text('print') === '1',
    added: /^\d{1,4}$/u.test(text('added')) ? Number(text('added')) : null,
  }
}

function idOf(text: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text) ? text : ''
}

function found({ scope }: Visitor, query: Query, page: number, day: string) {
  const { q, unit, zone, kind, state, sort } = query
  const filters = { q, unitId: unit || null, zoneId: zone || null, kind: kind || null, state, sort, page }
  return listPeople(prisma, scope, filters, day)
}

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'people.title')

export default function People() {
  return <PeoplePage {...useLoaderData<typeof loader>()} />
}
