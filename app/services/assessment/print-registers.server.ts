import { openRegisters } from '#app/db/annual-registers.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { publish } from '#app/db/events.server.ts'
import {
  changeOpenJob,
  clearPrints,
  holdingPrintJob,
  openPrintJobs,
  type PrintJobRow,
} from '#app/db/print-jobs.server.ts'
import { registerCentre, registerPeople } from '#app/db/register-people.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { fileKeptMs, jobKeptMs, type PrintProblem } from '#app/domain/assessment/print-job.ts'
import type { RegisterPerson } from '#app/domain/assessment/register-list.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { type Paper, printFileOf } from './print-file.ts'
import { paperOf } from './print-paper.ts'

export type PrintOptions = {
  readonly clock: () => number
  /** How often a running job says how far it is. */
  readonly everyMs?: number
}

/**
 * Prints whatever waits, and what a lost process left behind; takes away files that were kept long enough. The work is found in
 * the table, so that a message that is lost or comes twice changes nothing.
 */
export async function printWaiting({ clock, everyMs = 300 }: PrintOptions): Promise<number> {
  const at = clock()
  await clearPrints(prisma, new Date(at - fileKeptMs), new Date(at - jobKeptMs))
  let printed = 0
  for (const job of await openPrintJobs(prisma)) {
    if (await holdingPrintJob(job.id, () => runJob(job, { clock, everyMs }))) printed += 1
  }
  return printed
}

type Running = Required<PrintOptions>

async function runJob(job: PrintJobRow, running: Running): Promise<void> {
  if (!(await tell(job, { state: 'running', done: 0, problems: [] }))) return
  try {
    await print(job, running)
  } catch (fault) {
    await tell(job, { state: 'failed', finishedAt: new Date(running.clock()) })
    throw fault
  }
}

/** Changes the job and tells its page; false when it is not open any more. */
async function tell(job: PrintJobRow, change: Parameters<typeof changeOpenJob>[2]): Promise<boolean> {
  const open = await changeOpenJob(prisma, job, change)
  await publish(prisma, { topic: 'print', centreId: job.centreId, id: job.id })
  return open
}

async function print(job: PrintJobRow, { clock, everyMs }: Running): Promise<void> {
  const people = await peopleOf(job, clock())
  const found = await checked(job.personIds, people)
  const stop = new AbortController()
  const pace = paceOf(job, everyMs, stop)
  const made = await printFileOf(job, found.documents, { onDone: pace.onDone, signal: stop.signal })
  await pace.settled()
  if (made === null) return
  const problems = [...found.problems, ...made.problems]
  const finishedAt = new Date(clock())
  const bytes = made.bytes
  if (bytes === null) await tell(job, { state: 'failed', problems, finishedAt })
  else await tell(job, { state: 'done', done: job.personIds.length, problems, finishedAt, bytes })
}

/** The people of the job with their numbers given, as their records stand at this moment. */
async function peopleOf(job: PrintJobRow, nowMs: number): Promise<RegisterPerson[]> {
  const centre = await registerCentre(prisma, job.centreId)
  const query = { year: job.year, today: civilOf(nowMs, centre.zone).day, personIds: job.personIds }
  const scope = { centreId: job.centreId, reach: 'centre' } as const
  const load = () => registerPeople(prisma, centre, scope, query)
  const numberless = (await load()).filter((person) => person.facts !== null && person.facts.number === null)
  const ids = numberless.map((person) => person.id)
  const by = { accountId: job.requestedBy, atMs: nowMs }
  if (ids.length > 0) await inTransaction((tx) => openRegisters(tx, job.centreId, job.year, ids, by))
  return load()
}

/** Looks at every register before anything is printed: who gets none, which characters no font has, what stays blank. */
async function checked(
  personIds: readonly string[],
  people: readonly RegisterPerson[],
): Promise<{ readonly documents: readonly Paper[]; readonly problems: readonly PrintProblem[] }> {
  const known = new Set(people.map((person) => person.id))
  const problems: PrintProblem[] = personIds
    .filter((id) => !known.has(id))
    .map((personId) => ({ personId, code: 'not_here', facts: {} }))
  const documents: Paper[] = []
  for (const person of people) {
    const found = paperOf(person)
    problems.push(...found.problems)
    if (found.document) documents.push({ personId: person.id, document: found.document })
    await breath()
  }
  return { documents, problems }
}

/** Lets requests through between two sheets: punches never wait for paper. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Says now and then how far the job is, and stops it when it has been cancelled. */
function paceOf(job: PrintJobRow, everyMs: number, stop: AbortController) {
  let last = 0
  let telling: Promise<void> = Promise.resolve()
  const onDone = (done: number) => {
    const at = performance.now()
    if (at - last < everyMs) return
    last = at
    telling = telling.then(async () => {
      if (!(await tell(job, { done }))) stop.abort()
    })
  }
  return { onDone, settled: () => telling }
}
