import { prisma } from '#app/db/client.server.ts'
import type { By } from '#app/db/enrolment-sending.server.ts'
import { enrolmentView } from '#app/db/enrolment-view.server.ts'
import type { Step } from '#app/domain/devices/command.ts'
import { recordConsent } from '#app/services/devices/enrol-consent.server.ts'
import { startEnrolment } from '#app/services/devices/enrol-start.server.ts'
import { recordStep } from '#app/services/devices/record-step.server.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { friday, makeTestCentre, reportReaders } from './support.ts'

/** The desk of an enrolling officer: his asking, what the agent tells of it, and what he sees. */
export type Desk = ReturnType<typeof deskOf>

function deskOf(centre: Fixture, by: By) {
  const report = (state: 'online' | 'offline', atMs: number) => reportReaders(centre, state, atMs)

  const start = (changes: { personId?: string; sourceId?: string; finger?: number } = {}, atMs = friday) =>
    startEnrolment(by, { personId: centre.personIds[0], sourceId: centre.sourceIds[0], finger: 7, ...changes }, atMs)

  async function started(atMs = friday): Promise<string> {
    const begun = await start({}, atMs)
    if (!begun.ok) throw new Error(begun.code)
    return begun.value
  }

  let told = 0
  function tell(
    commandId: string,
    step: string,
    facts: Step['facts'] = {},
    state: Step['state'] = 'done',
    atMs = friday,
  ) {
    told += 1
    return recordStep(
      { ...centre, commandId, step: { state, step, facts, at: new Date(atMs + told).toISOString() } },
      atMs,
    )
  }

  const command = (id: string) => prisma.agentCommand.findFirstOrThrow({ where: { id } })
  const enrolments = (slot: number) =>
    prisma.enrolment.findMany({
      where: { centreId: centre.centreId, sourceId: centre.sourceIds[0], subject: String(slot) },
    })
  const waiting = (kind: string) =>
    prisma.agentCommand.findMany({ where: { centreId: centre.centreId, kind }, orderBy: { id: 'asc' } })

  async function view(personId = centre.personIds[0], nowMs = friday + 1000) {
    const at = { id: centre.centreId, zone: 'Asia/Shanghai' }
    const seen = await enrolmentView(prisma, at, { personId, finger: null, sourceId: null }, nowMs)
    if (seen === null) throw new Error('nobody')
    return seen
  }

  return { report, start, started, tell, command, enrolments, waiting, view }
}

/** A centre whose readers are there and whose first person has agreed. */
export async function openDesk(): Promise<{ centre: Fixture; by: By; desk: Desk }> {
  const centre = await makeTestCentre()
  const by = { ...centre, zone: 'Asia/Shanghai', accountId: centre.accountIds.hr, role: 'hr', address: null } as const
  const desk = deskOf(centre, by)
  await desk.report('online', friday)
  await recordConsent(by, { personId: centre.personIds[0], how: 'paper' }, friday)
  return { centre, by, desk }
}
