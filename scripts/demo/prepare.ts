import pg from 'pg'
import { type DemoData, demoCentre, demoDays, demoSeed } from '../../prisma/seed/demo.ts'
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
  /** Presses of the running day; those after now are the emulated life's. */
  readonly today: DemoData['presses']
}

type Asked = {
  readonly ownerUrl: string
  readonly dataDir: string
  readonly nowMs: number
}

async function centreIn(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM centre LIMIT 1')
  return rows[0]?.id ?? null
}

async function firstTime(client: pg.Client, asked: Asked, progress: Progress): Promise<DemoReady> {
  const demo = demoCentre(demoDay(asked.nowMs))
  const facts = { nowMs: asked.nowMs, secrets: await loadSecrets(), documents: documentTables(demo) }
  await loadDemo(client, demo, facts, progress)
  const state = { seed: demo.seed, madeOn: demo.today, lastMs: asked.nowMs }
  return {
    centreId: demoCentreId(demo.seed),
    state,
    people: demo.people,
    today: demo.presses.filter((press) => press.day === demo.today),
  }
}

async function again(client: pg.Client, asked: Asked, known: DemoState): Promise<DemoReady> {
  const centreId = demoCentreId(known.seed)
  const people = demoPeople(known.seed, known.madeOn)
  const today = demoDay(asked.nowMs)
  const days = demoDays(people, demoDay(known.lastMs), today, known.seed)
  const from = demoDay(known.lastMs)
  const span = { fromMs: known.lastMs, toMs: asked.nowMs }
  await loadDays(client, known.seed, centreId, { ...days, from, today }, span)
  return {
    centreId,
    state: { ...known, lastMs: asked.nowMs },
    people,
    today: days.presses.filter((press) => press.day === today),
  }
}

/** The last instant the ledger knows, for a demo whose state file was lost. */
async function stateFromLedger(client: pg.Client): Promise<DemoState> {
  const { rows } = await client.query<{ last: Date | null; first: Date | null }>(
    'SELECT max(at) AS last, min(at) AS first FROM punch',
  )
  const lastMs = rows[0]?.last?.getTime() ?? Date.now()
  return { seed: demoSeed, madeOn: demoDay(lastMs), lastMs }
}

/** Loads the demo centre into an empty database, or adds the days since it was last shown; refuses a real centre's. */
export async function prepareDemo(asked: Asked, progress: Progress): Promise<DemoReady> {
  const client = new pg.Client({ connectionString: asked.ownerUrl, options: '-c timezone=UTC' })
  await client.connect()
  try {
    const centre = await centreIn(client)
    if (centre !== null && centre !== demoCentreId(demoSeed)) throw new Problem('not_a_demo')
    const known = centre === null ? null : ((await readState(asked.dataDir)) ?? (await stateFromLedger(client)))
    const ready = known ? await again(client, asked, known) : await firstTime(client, asked, progress)
    await writeState(asked.dataDir, ready.state)
    return ready
  } finally {
    await client.end()
  }
}
