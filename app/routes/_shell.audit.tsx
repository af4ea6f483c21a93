import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { now } from '#app/clock.server.ts'
import { accountNames } from '#app/db/accounts.server.ts'
import {
  auditChoices,
  auditPage,
  auditPageSize,
  auditVerdict,
  type Checked,
  newestSeals,
} from '#app/db/audit-list.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { addDays, isCivilDay } from '#app/domain/time/day.ts'
import { instantOf } from '#app/domain/time/zone.ts'
import { AuditView } from '#app/ui/access/audit-view.tsx'
import { pageTitle } from '#app/ui/access/title.ts'

export const handle = { access: 'audit.read' } satisfies RouteAccess

export async function loader(args: LoaderFunctionArgs) {
  const visitor = await guard(args, 'audit.read')
  const { centreId, centre } = visitor
  const search = new URL(args.request.url).searchParams
  const query = readQuery(search)
  const filter = {
    from: query.from ? instantOf(query.from, 0, centre.zone) : null,
    to: query.to ? instantOf(addDays(query.to, 1), 0, centre.zone) : null,
    actor: query.actor,
    action: query.action,
  }
  const [{ total, entries }, choices, chain, hashes] = await Promise.all([
    auditPage(prisma, centreId, filter, query.page),
    auditChoices(prisma, centreId),
    auditVerdict(centreId, now(), search.get('verify') === 'now'),
    newestSeals(prisma, centreId),
  ])
  const ids = [...choices.actors, ...entries.flatMap((entry) => [entry.actor, entry.subject ?? ''])].filter(isUuid)
  const names = Object.fromEntries(await accountNames(prisma, centreId, [...new Set(ids)]))
  return {
    zone: centre.zone,
    query,
    total,
    pages: Math.max(1, Math.ceil(total / auditPageSize)),
    choices,
    names,
    chain: chainOf(chain, hashes),
    entries: entries.map(({ id, at, actor, role, action, subject, detail, address }) => {
      return {
        id,
        at: at.getTime(),
        iso: at.toISOString(),
        actor,
        role,
        action,
        subject,
        detail: detailOf(detail),
        address,
      }
    }),
  }
}

function chainOf({ at, verdict }: Checked, hashes: string[]) {
  const { ok, seals, sealedEntries, waiting, problem } = verdict
  return { at, ok, seals, sealedEntries, waiting, brokenAt: problem?.seq ?? null, hashes }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** Details are a few codes, counts and ids. */
function detailOf(detail: unknown): [string, string][] {
  if (typeof detail !== 'object' || detail === null) return []
  return Object.entries(detail).map(([key, value]) => [
    key,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ])
}

function readQuery(search: URLSearchParams) {
  const day = (name: string) => {
    const text = search.get(name)?.trim() || null
    return { text, day: text !== null && isCivilDay(text) ? text : null }
  }
  const [from, to] = [day('from'), day('to')]
  const page = Number(search.get('page') ?? 1)
  return {
    from: from.day,
    to: to.day,
    bad: [from, to].some(({ text, day: read }) => text !== null && read === null),
    actor: search.get('actor')?.slice(0, 100) || null,
    action: search.get('action')?.slice(0, 100) || null,
    page: Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1,
  }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'access.audit.title')

export default function Audit() {
  return <AuditView {...useLoaderData<typeof loader>()} />
}
