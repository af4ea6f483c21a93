import type pg from 'pg'
import { addDays, daysFrom } from '#app/domain/time/day.ts'
import { type DemoData, type DemoDays, demoCentre, demoDays, demoSeed } from '../../prisma/seed/demo.ts'
import { loadDays, loadDemo, type Progress } from '../../prisma/seed/load.ts'
import { type DemoPerson, demoPeople } from '../../prisma/seed/people.ts'
import { demoCentreId } from '../../prisma/seed/tables.ts'
import { Problem } from '../lib/messages.ts'
import { demoDay } from './clock.ts'
import { documentTables, loadSecrets } from './documents.ts'
import { type DemoState, readState, writeState } from './state.ts'

export type DemoReady = {
  readonly centreId: string
  readonly state: DemoState
  readonly people: readonly DemoPerson[]
  /** Presses of the running day and the days after it; those after now are the emulated life's. */
  readonly presses: DemoData['presses']
}

type Asked = {
  readonly dataDir: string
  readonly nowMs: number
  /** What the demo has shown before; null when it is to be made. */
  readonly known: DemoState | null
}

/** A demo that is left running goes on living for so many days. */
const daysAhead = 7

function following(people: readonly DemoPerson[], seed: string, today: string): DemoDays {
  const days = daysFrom(addDays(today, 1), addDays(today, daysAhead)).map((day) => demoDays(people, day, day, seed))
  return { absences: days.flatMap((day) => day.absences), presses: days.flatMap((day) => day.presses) }
}

async function centreIn(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM centre LIMIT 1')
  return rows[0]?.id ?? null
}

async function firstTime(client: pg.ClientBase, asked: Asked, progress: Progress): Promise<DemoReady> {
  const demo = demoCentre(demoDay(asked.nowMs))
  const ahead = following(demo.people, demo.seed, demo.today)
  const facts = { nowMs: asked.nowMs, secrets: await loadSecrets(), documents: documentTables(demo) }
  await loadDemo(client, { ...demo, absences: [...demo.absences, ...ahead.absences] }, facts, progress)
  const state = { seed: demo.seed, madeOn: demo.today, lastMs: asked.nowMs }
  return {
    centreId: demoCentreId(demo.seed),
    state,
    people: demo.people,
    presses: [...demo.presses.filter((press) => press.day === demo.today), ...ahead.presses],
  }
}

async function again(client: pg.ClientBase, asked: Asked, known: DemoState): Promise<DemoReady> {
  const centreId = demoCentreId(known.seed)
  const people = demoPeople(known.seed, known.madeOn)
  const today = demoDay(asked.nowMs)
  const days = demoDays(people, demoDay(known.lastMs), today, known.seed)
  const ahead = following(people, known.seed, today)
  const from = demoDay(known.lastMs)
  const span = { fromMs: known.lastMs, toMs: asked.nowMs }
  const absences = [...days.absences, ...ahead.absences]
  await loadDays(client, known.seed, centreId, { people, absences, presses: days.presses, from, today }, span)
  // The time between two showings is no outage of the readers: the days just added have their punches.
  await client.query("UPDATE source SET state = 'unknown' WHERE centre_id = $1", [centreId])
  return {
    centreId,
    state: { ...known, lastMs: asked.nowMs },
    people,
    presses: [...days.presses.filter((press) => press.day === today), ...ahead.presses],
  }
}

/**
 * How far the demo has come: what its file says or, where a killed start could not note it or the file is lost, what the
 * ledger knows. Null in an empty database; a real centre's is refused.
 */
export async function shownSoFar(client: pg.ClientBase, dataDir: string): Promise<DemoState | null> {
  const centre = await centreIn(client)
  if (centre === null) return null
  if (centre !== demoCentreId(demoSeed)) throw new Problem('not_a_demo')
  const { rows } = await client.query<{ last: Date | null }>('SELECT max(at) AS last FROM punch')
  const ledgerMs = rows[0]?.last?.getTime() ?? 0
  const noted = await readState(dataDir)
  if (noted === null) return { seed: demoSeed, madeOn: demoDay(ledgerMs), lastMs: ledgerMs }
  return { ...noted, lastMs: Math.max(noted.lastMs, ledgerMs) }
}

/** Loads the demo centre into an empty database, or adds the days since it was last shown. */
export async function prepareDemo(client: pg.ClientBase, asked: Asked, progress: Progress): Promise<DemoReady> {
  const ready = asked.known ? await again(client, asked, asked.known) : await firstTime(client, asked, progress)
  await writeState(asked.dataDir, ready.state)
  return ready
}
