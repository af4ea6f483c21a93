import { beforeAll, describe, expect, it } from 'vitest'
import type { Door } from '#app/auth/route-access.ts'
import { pool, prisma } from '#app/db/client.server.ts'
import { type Action, actions, can } from '#app/domain/access/can.ts'
import { type Role, roles } from '#app/domain/access/roles.ts'
import { useDatabase } from '#test/support/database.ts'
import { makeCentre } from '#test/support/fixture.ts'
import { ask, get, post, type SignedIn, signedIn } from './requests.ts'
import { type RouteModule, routeModules } from './route-modules.ts'

useDatabase()

const modules: RouteModule[] = await routeModules()
const guarded = modules.filter((module) => module.loader || module.action)

const visitors = new Map<Role, SignedIn>()
let centreId = ''
let ownUnit = ''
let foreign = ''
let foreignIds: string[] = []

/** In every name that the other centre has; in no answer to this one. */
const foreignName = '他中心的'

const openDoors: readonly Door[] = ['public', 'kiosk', 'agent', 'terminal', 'demo']

function doorOf(module: RouteModule, kind: 'loader' | 'action'): Door {
  const handle = module.handle
  if (!handle) throw new Error(`${module.file} exports no handle with its access`)
  return (kind === 'action' ? handle.action : undefined) ?? handle.access
}

function isAction(door: Door): door is Action {
  return !openDoors.includes(door)
}

type Guarded = { module: RouteModule; kind: 'loader' | 'action'; door: Action }

function behindGuard(): Guarded[] {
  return guarded.flatMap((module) =>
    (['loader', 'action'] as const).flatMap((kind): Guarded[] => {
      if (!module[kind]) return []
      const door = doorOf(module, kind)
      return isAction(door) ? [{ module, kind, door }] : []
    }),
  )
}

/** Everything that one centre has stored, table by table, as one number each. */
async function everythingOf(centre: string): Promise<Record<string, string>> {
  const tables = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'centre_id' order by 1`,
  )
  const found: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const { rows } = await pool.query(
      `select count(*)::text || md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as sum
       from "${name}" t where centre_id = $1`,
      [centre],
    )
    found[name] = rows[0].sum
  }
  return found
}

async function idsOf(centre: string): Promise<string[]> {
  const tables = ['account', 'session', 'person', 'window', 'source', 'agent', 'kiosk', 'pairing', 'outage', 'zone']
  const lists = await Promise.all(
    tables.map((table) =>
      pool.query<{ id: string }>(`select id from "${table}" where centre_id = $1 limit 1`, [centre]),
    ),
  )
  return lists.flatMap((list) => list.rows.map((row) => row.id))
}

beforeAll(async () => {
  const own = await makeCentre(prisma)
  centreId = own.centreId
  ownUnit = own.unitIds[0]
  foreign = (await makeCentre(prisma)).centreId
  await signedIn(foreign, ['hr'])
  await renameEverything(foreign)
  foreignIds = await idsOf(foreign)
  for (const role of roles) visitors.set(role, await signedIn(centreId, [role], unitOf(role)))
})

/** A unit's role is for one unit; without it nobody would be let in. */
function unitOf(role: Role): string | undefined {
  return role.startsWith('unit_') ? ownUnit : undefined
}

async function renameEverything(centre: string): Promise<void> {
  const where = { where: { centreId: centre } }
  await prisma.centre.update({ where: { id: centre }, data: { name: foreignName } })
  await prisma.person.updateMany({ ...where, data: { name: foreignName } })
  await prisma.account.updateMany({ ...where, data: { displayName: foreignName } })
  await prisma.source.updateMany({ ...where, data: { name: foreignName } })
  await prisma.agent.updateMany({ ...where, data: { name: foreignName } })
  await prisma.window.updateMany({ ...where, data: { name: foreignName } })
}

/** Scopes differ by reach, so one role of each reach stands for the others. */
function oneRolePerReach(door: Action): Role[] {
  const byReach = new Map(roles.map((role) => [can(role, door), role] as const))
  byReach.delete(null)
  return [...byReach.values()]
}

function visitor(role: Role): SignedIn {
  const found = visitors.get(role)
  if (!found) throw new Error(`no visitor for ${role}`)
  return found
}

describe('every route', () => {
  it('is seen by this test', () => {
    expect(guarded.length).toBeGreaterThan(15)
    expect(behindGuard().length).toBeGreaterThan(8)
  })

  it.each(guarded.map((module) => [module.file, module] as const))(
    '%s says who may enter, and asks first',
    (_, module) => {
      for (const kind of ['loader', 'action'] as const) {
        if (!module[kind]) continue
        const door = doorOf(module, kind)
        expect([...openDoors, ...actions]).toContain(door)
        expect(module.firstLines[kind], `${module.file} ${kind}`).toMatch(firstLineOf(door))
      }
    },
  )
})

function firstLineOf(door: Door): RegExp {
  if (isAction(door)) return new RegExp(`\\bguard\\(\\s*args,\\s*'${door.replace('.', '\\.')}'`)
  return {
    public: /\bpublicRoute\(args\)/,
    kiosk: /\b(guardKiosk|kioskOrNull)\(args\)/,
    agent: /\bguardAgent\(args\)/,
    terminal: /\bguardTerminal\(args\)/,
    demo: /\bguardDemo\(args\)/,
  }[door]
}

describe.each(behindGuard().map((entry) => [`${entry.module.file} ${entry.kind}`, entry] as const))(
  '%s',
  (_, { module, kind, door }) => {
    const request = (cookie: string, fields: Record<string, string> = {}, query = '') =>
      kind === 'loader' ? get(module.path + query, cookie) : post(module.path, fields, cookie)

    it('sends nobody away to sign in', async () => {
      const answer = await ask(module[kind], request(''))
      expect(answer.fault).toBeNull()
      if (answer.status === 302) expect(answer.location).toMatch(/^\/sign-in/)
      else expect(answer.status).toBe(401)
      const forged = await ask(module[kind], request('ws_session=forged'))
      expect([302, 401]).toContain(forged.status)
    })

    it.each(roles)('answers %s as the table says', async (role) => {
      const answer = await ask(module[kind], request(visitor(role).cookie))
      expect(answer.fault).toBeNull()
      if (can(role, door) === null) {
        expect(answer).toMatchObject({ status: 403, code: 'forbidden' })
        return
      }
      expect(answer.code).not.toBe('forbidden')
      // Let in, but the form has no token: nothing may be done.
      if (kind === 'action') expect(answer).toMatchObject({ status: 403, code: 'form_token' })
    })

    it('shows and changes nothing of another centre', async () => {
      const before = await everythingOf(foreign)
      for (const role of oneRolePerReach(door)) {
        for (const id of foreignIds) {
          // A session of its own each time: some of these forms end it.
          const { cookie, csrf } = await signedIn(centreId, [role], unitOf(role))
          const fields = Object.fromEntries(module.words.map((word) => [word, id]))
          const query = `?${new URLSearchParams({ id, why: id, person: id, account: id, ...fields })}`
          const params = Object.fromEntries(['id', 'person', 'kiosk', 'agent', 'source'].map((name) => [name, id]))
          const answer = await ask(module[kind], request(cookie, { ...fields, csrf }, query), params)
          expect(answer.fault).toBeNull()
          expect(JSON.stringify(answer.body ?? null).replaceAll(id, '')).not.toContain(foreignName)
        }
      }
      expect(await everythingOf(foreign)).toEqual(before)
    })
  },
)

describe('sessions of no use', () => {
  const home = modules.find((module) => module.file === '_index.tsx')?.loader

  it('end, idle out, and lose their account or roles', async () => {
    const cases: [string, (one: SignedIn) => Promise<unknown>][] = [
      ['ended', (one) => update(one, { endedAt: new Date() })],
      ['too old', (one) => update(one, { endsAt: new Date(0) })],
      ['idle', (one) => update(one, { seenAt: new Date(0) })],
      [
        'disabled',
        (one) => prisma.account.updateMany({ where: { id: one.accountId }, data: { disabledAt: new Date() } }),
      ],
      [
        'without a role',
        (one) =>
          prisma.roleGrant.updateMany({
            where: { accountId: one.accountId },
            data: { endsOn: new Date('2020-01-02') },
          }),
      ],
    ]
    for (const [name, spoil] of cases) {
      const one = await signedIn(centreId, ['hr'])
      expect((await ask(home, get('/', one.cookie))).location, name).toBe('/today')
      await spoil(one)
      expect((await ask(home, get('/', one.cookie))).location, name).toBe('/sign-in')
    }
  })

  function update(one: SignedIn, data: { endedAt?: Date; endsAt?: Date; seenAt?: Date }) {
    return prisma.session.updateMany({ where: { id: one.sessionId }, data })
  }
})
