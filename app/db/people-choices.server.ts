import type { Scope } from '#app/domain/access/roles.ts'
import type { PrismaClient } from './generated/client.ts'
import type { Tx } from './transaction.server.ts'

type Db = Tx | PrismaClient
const named = { id: true, name: true, nameEn: true } as const

/** Units and zones to filter by, as far as the visitor sees: a unit only itself, a chief only the own windows' zones. */
export async function filterChoices(db: Db, scope: Scope) {
  const { centreId } = scope
  const ownUnit = scope.reach === 'unit' ? { id: scope.unitId } : {}
  const ownZones = scope.reach === 'windows' ? { windows: { some: { id: { in: [...scope.windowIds] } } } } : {}
  const [units, zones] = await Promise.all([
    db.dispatchingUnit.findMany({
      where: { centreId, ...ownUnit },
      select: named,
      orderBy: [{ position: 'asc' }, { name: 'asc' }],
    }),
    db.zone.findMany({
      where: { centreId, ...ownZones },
      select: { ...named, code: true },
      orderBy: { position: 'asc' },
    }),
  ])
  const coded = zones.map(({ code, name, nameEn, id }) => ({
    id,
    name: `${code} ${name}`,
    nameEn: `${code} ${nameEn}`,
  }))
  return { units, zones: coded }
}
