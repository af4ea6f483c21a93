import { data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { audit } from '#app/db/audit.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { printFile, printJob } from '#app/db/print-jobs.server.ts'
import { translator } from '#app/i18n/translator.ts'
import { fileResponse } from './papers/pdf-response.ts'

export const handle = { access: 'register.print' } satisfies RouteAccess

/** The file of a finished print, while it is kept. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const visitor = await guard(args, 'register.print', { resource: true })
  const { centreId, accountId, role, address } = visitor
  const id = args.params.id ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw data({ code: 'not_found' }, { status: 404 })
  const job = await printJob(prisma, centreId, id)
  if (!job) throw data({ code: 'not_found' }, { status: 404 })
  const bytes = await printFile(prisma, centreId, id)
  if (!bytes) return redirect(`/papers/prints/${id}`)
  const detail = { year: job.year, kind: job.kind, count: job.personIds.length }
  await audit(prisma, {
    centreId,
    actor: accountId,
    role,
    action: 'registers.downloaded',
    subject: id,
    detail,
    address,
  })
  // The file's name is Chinese for everybody, as what is in it.
  const name = `${translator('zh-CN')('assessment.papers.heading', { year: job.year })}.${job.kind}`
  const type = job.kind === 'zip' ? 'application/zip' : 'application/pdf'
  return fileResponse(bytes, { name, type, shown: false })
}
