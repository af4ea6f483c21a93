import { until } from '../tour/world.ts'
import { firstDifference, type Matched } from './compare.ts'
import type { Told } from './far-side.ts'
import type { Stage } from './stage.ts'

export type Verdict = {
  readonly matched: number
  readonly lit: number
  readonly stored: number
  readonly quarantined: Readonly<Record<string, number>>
  readonly gaps: number
  readonly differences: readonly string[]
}

type Row = { serial: string; slot: number; quarantine: string | null; offset: number | null; copies: number }

/** Waits until both agents have delivered everything, then holds the ledger against what the modules matched. */
export async function judge(stage: Stage, told: readonly Told[]): Promise<Verdict> {
  const matched = matchedOf(told)
  const lit = [...matched.values()].flat().filter((match) => match.lit).length
  await settled(stage, lit)
  const rows = await stage.query<Row>(`
    SELECT s.serial, p.subject::int AS slot, p.quarantine, p.offset_ms AS offset,
           count(*) OVER (PARTITION BY p.source_id, p.spool_epoch, p.seq)::int AS copies
      FROM punch p JOIN source s ON s.centre_id = p.centre_id AND s.id = p.source_id
     WHERE s.serial LIKE 'END-%' ORDER BY s.serial, p.spool_epoch, p.seq`)
  const [gaps] = await stage.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM spool_gap WHERE filled_at IS NULL AND lost_at IS NULL',
  )
  const quarantined: Record<string, number> = {}
  for (const row of rows) if (row.quarantine) quarantined[row.quarantine] = (quarantined[row.quarantine] ?? 0) + 1
  const differences = [
    ...[...matched].flatMap(([serial, matches]) => {
      const difference = firstDifference(matches, slotsOf(rows, serial))
      return difference === null ? [] : [`${serial}: ${difference}`]
    }),
    ...rows.filter((row) => row.copies > 1).map((row) => `${row.serial}: a number stands twice`),
    ...rows.filter((row) => !explained(row)).map((row) => `${row.serial}: in quarantine for no reason`),
    ...(Object.keys(quarantined).length === 0 ? ['the clock jumped and nothing is in quarantine'] : []),
    ...(gaps?.n ? [`${gaps.n} gaps are open`] : []),
  ]
  const all = [...matched.values()].reduce((sum, matches) => sum + matches.length, 0)
  const verdict = { matched: all, lit, stored: rows.length, quarantined, gaps: gaps?.n ?? 0 }
  return { ...verdict, differences: differences.slice(0, 20) }
}

function matchedOf(told: readonly Told[]): Map<string, Matched[]> {
  const matched = new Map<string, Matched[]>()
  for (const one of told) {
    const own = matched.get(one.serial) ?? []
    matched.set(one.serial, own)
    if ('slot' in one) own.push({ slot: one.slot, lit: false })
    else own.push({ slot: own.pop()?.slot ?? -1, lit: true })
  }
  return matched
}

function slotsOf(rows: readonly Row[], serial: string): number[] {
  return rows.filter((row) => row.serial === serial).map((row) => row.slot)
}

/** Only the second agent's clock was moved, and only by so much: its punches alone may wait for a person. */
function explained({ serial, quarantine, offset }: Row): boolean {
  if (quarantine === null) return true
  return serial.startsWith('END-second') && (quarantine === 'future' || Math.abs(offset ?? 0) > 120_000)
}

/** The number of rows stands still, no agent waits with anything, and nothing that was shown as a success is missing. */
async function settled(stage: Stage, lit: number): Promise<void> {
  let before = -1
  let quiet = 0
  await until(
    `${lit} punches are stored and nothing waits`,
    async () => {
      const [now] = await stage.query<{ stored: number; waiting: number }>(`
        SELECT (SELECT count(*)::int FROM punch p JOIN source s ON s.id = p.source_id WHERE s.serial LIKE 'END-%') AS stored,
               (SELECT coalesce(sum(queue_length), 0)::int FROM agent WHERE revoked_at IS NULL) AS waiting`)
      quiet = now && now.stored === before && now.waiting === 0 ? quiet + 1 : 0
      before = now?.stored ?? -1
      return quiet > 400 && before >= lit
    },
    120_000,
  ).catch(() => undefined)
}
