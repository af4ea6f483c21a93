import { isOver, stateAt } from '#app/domain/devices/command.ts'
import { type CopyChoices, copyOffers } from '#app/domain/devices/copy-choices.ts'
import { readerBadge, takesPunches } from '#app/domain/devices/reader-state.ts'
import { civilOf } from '#app/domain/time/zone.ts'
import { deviceRulesOn } from './device-rules.server.ts'
import { commandsAbout } from './enrolment-commands.server.ts'
import type { PrismaClient } from './generated/client.ts'
import { listSources } from './sources.server.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient

/** The last copy is told for so long. */
const toldForMs = 30 * 60_000

/** To which readers a person's fingers could be copied now, and how the last copy went. */
export async function copyChoices(
  db: Db,
  centre: { readonly id: string; readonly zone: string },
  personId: string,
  nowMs: number,
): Promise<CopyChoices> {
  const { day } = civilOf(nowMs, centre.zone)
  const rules = await deviceRulesOn(db, centre.id, day)
  if (!rules.copy_templates) return { on: false, offers: [], last: null }
  const sources = (await listSources(db, centre.id)).filter((one) => one.kind === 'reader' && one.retiredAt === null)
  const readers = sources.map(({ id, name, nameEn, dialect, state, clockOffsetMs, seenAt, agent }) => {
    const badge = readerBadge({ state, clockOffsetMs, seenAtMs: seenAt?.getTime() ?? null, retired: false }, nowMs)
    const agentId = agent === null || agent.revokedAt !== null ? null : agent.id
    return { id, name, nameEn, dialect, agentId, readable: agentId !== null && takesPunches(badge) }
  })
  const rows = await db.enrolment.findMany({
    where: { centreId: centre.id, personId, endsAt: null, finger: { not: null } },
    orderBy: [{ finger: 'asc' }, { startsAt: 'asc' }],
    select: { id: true, finger: true, sourceId: true },
  })
  const held = rows.map(({ id, finger, sourceId }) => ({ enrolmentId: id, finger: finger ?? 0, sourceId }))
  const asked = { personId, kinds: ['copy'], sinceMs: nowMs - toldForMs }
  const [last] = await commandsAbout(db, centre.id, asked)
  return {
    on: true,
    offers: copyOffers(held, readers),
    last: last === undefined ? null : { running: !isOver(stateAt(last, nowMs)), steps: last.steps },
  }
}
