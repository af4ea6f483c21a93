import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoPassword } from '#app/domain/access/demo.ts'
import { root } from '../start/build.ts'
import { type Client, makeClient } from './client.ts'
import type { Step, Tour } from './journey.ts'

/** Monday after the tour's Friday: the leave's only day. */
const leaveDay = '2026-11-23'
const daysLater = 3
const asks = { signIn: '30537', name: '李喆' }
const deciders = [
  { signIn: '30503', what: '首席代表 chief representative' },
  { signIn: '70102', what: '派出单位 dispatching unit' },
] as const

async function signedIn(tour: Tour, number: string): Promise<Client> {
  const client = makeClient(tour.world.address)
  const entry = await client.submit('/sign-in', { number, password: demoPassword })
  if (entry.status !== 302) throw new Error(`${number} signing in answered ${entry.status}`)
  return client
}

/** Sends a form and expects to be led on. */
async function sent(client: Client, path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const answer = await client.submit(path, fields)
  if (answer.status !== 302) throw new Error(`${path} answered ${answer.status}`)
  return answer.location ?? ''
}

async function askLeave(tour: Tour): Promise<string> {
  const client = await signedIn(tour, asks.signIn)
  const whole = { from: leaveDay, from_half: 'am', to: leaveDay, to_half: 'pm' }
  await sent(client, '/leave/new', { intent: 'submit', kind: 'annual', ...whole, reason: '探望父母' })
  const [request] = await requests(tour)
  if (request?.state !== 'submitted') throw new Error(`the request is ${request?.state}`)
  return `${asks.name} 年休假 ${leaveDay}，${request.number}，工作日 ${request.working / 2} 天，等 ${request.route} 步`
}

type Request = { id: string; number: string; state: string; working: number; route: number }

async function requests(tour: Tour): Promise<readonly Request[]> {
  const { rows } = await tour.world.db.query<Request>(
    `SELECT r.id, r.number, r.state, r.working_halves AS working, jsonb_array_length(r.route) AS route
       FROM leave_request r JOIN person p ON p.centre_id = r.centre_id AND p.id = r.person_id
      WHERE p.staff_number = $1 AND r.first_day = $2`,
    [asks.signIn, leaveDay],
  )
  return rows
}

async function approveLeave(tour: Tour): Promise<string> {
  const [request] = await requests(tour)
  if (!request) throw new Error('there is no request')
  for (const { signIn, what } of deciders) {
    const client = await signedIn(tour, signIn)
    const page = await client.get(`/leave/waiting?id=${request.id}`)
    if (!page.text.includes(asks.name)) throw new Error(`${what} does not find the request`)
    await sent(client, `/leave/waiting?id=${request.id}`, { id: request.id, act: 'approve', note: '' })
  }
  const [after] = await requests(tour)
  if (after?.state !== 'approved') throw new Error(`after all steps it is ${after?.state}`)
  return deciders.map(({ what }) => what).join(' → ')
}

async function laterDay(tour: Tour): Promise<string> {
  await tour.moveTo(daysLater * 86_400 + 9.5 * 3600)
  const board = await (await signedIn(tour, '30536')).get('/today?view=roll')
  const row = /<tr(?:(?!<\/tr>)[\s\S])*李喆[\s\S]*?<\/tr>/.exec(board.text)?.[0] ?? ''
  if (!row.includes('年')) throw new Error(`the roll of ${leaveDay} does not show the leave`)
  const own = await (await signedIn(tour, asks.signIn)).get('/me')
  if (!own.text.includes('年休假')) throw new Error('the own page does not show the leave')
  return `${leaveDay} 的点名表和本人页都记 年休假 annual leave`
}

async function register(tour: Tour, client: Client, staffNumber: string, file: string): Promise<string> {
  const { rows } = await tour.world.db.query<{ id: string }>('SELECT id FROM person WHERE staff_number = $1', [
    staffNumber,
  ])
  const bytes = await client.bytes(`/papers/register/${rows[0]?.id}.pdf?year=2026`)
  if (bytes.subarray(0, 5).toString() !== '%PDF-') throw new Error(`${staffNumber}: no PDF`)
  if (bytes.length > 100_000) throw new Error(`${file}: ${bytes.length} bytes`)
  await writeFile(join(root, 'out', file), bytes)
  return `out/${file} ${Math.round(bytes.length / 1024)} KB`
}

async function registers(tour: Tour): Promise<string> {
  await mkdir(join(root, 'out'), { recursive: true })
  const client = await signedIn(tour, '30549')
  const civil = await register(tour, client, '30503', 'civil-servant-register.pdf')
  const institution = await register(tour, client, '30517', 'institution-register.pdf')
  return `${civil}，${institution}`
}

/** The second and third users' main jobs: a leave asked for, approved and seen on its day; both registers printed. */
export const paperSteps: readonly Step[] = [
  { zh: '请假', en: 'a leave is asked for', walk: askLeave },
  { zh: '逐级审批', en: 'approved step by step', walk: approveLeave },
  { zh: '到了那一天', en: 'the day itself', walk: laterDay },
  { zh: '年度考核登记表', en: 'annual registers', walk: registers },
]
