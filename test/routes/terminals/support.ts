import { prisma } from '#app/db/client.server.ts'
import { action as cdataAction, loader as cdataLoader } from '#app/routes/iclock.cdata.ts'
import { action as devicecmd } from '#app/routes/iclock.devicecmd.ts'
import { loader as getrequest } from '#app/routes/iclock.getrequest.ts'
import { allowTerminal } from '#app/services/devices/allow-terminal.server.ts'
import type { Fixture } from '#test/support/fixture.ts'
import { ask, site } from '../requests.ts'

let made = 0

/** A terminal on the centre's list. */
export async function allowed(centre: Fixture, utcOffsetMinutes = 480): Promise<{ serial: string; sourceId: string }> {
  made += 1
  const serial = `CKUG${Date.now() % 1_000_000}${made}`
  const by = {
    centreId: centre.centreId,
    accountId: centre.accountIds.system_administrator,
    role: 'system_administrator',
    address: null,
  }
  const done = await allowTerminal(
    { ...by, serial, name: '大厅终端', nameEn: '', zoneId: null, utcOffsetMinutes },
    Date.now(),
  )
  if (!done.ok) throw new Error(done.code)
  return { serial, sourceId: done.value.id }
}

const query = (serial: string, more: Record<string, string>) => `?${new URLSearchParams({ SN: serial, ...more })}`

export function greet(serial: string, more: Record<string, string> = { options: 'all', pushver: '2.4.1' }) {
  return ask(cdataLoader, new Request(`${site}/iclock/cdata${query(serial, more)}`))
}

export function push(serial: string, body: string | Uint8Array, more: Record<string, string> = { table: 'ATTLOG' }) {
  const request = new Request(`${site}/iclock/cdata${query(serial, more)}`, { method: 'POST', body: body as BodyInit })
  return ask(cdataAction, request)
}

export function poll(serial: string, more: Record<string, string> = {}) {
  return ask(getrequest, new Request(`${site}/iclock/getrequest${query(serial, more)}`))
}

export function answerCommand(serial: string, body: string) {
  return ask(devicecmd, new Request(`${site}/iclock/devicecmd${query(serial, {})}`, { method: 'POST', body }))
}

export function punches(sourceId: string) {
  return prisma.punch.findMany({ where: { sourceId }, orderBy: [{ at: 'asc' }, { subject: 'asc' }, { state: 'asc' }] })
}

/** An instant as a terminal in China writes it. */
export function wall(ms: number, utcOffsetMinutes = 480): string {
  return new Date(ms + utcOffsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** An instant of a day long past. */
export const old = Date.parse('2026-11-02T00:56:00.000Z')

/** Records of many people, one every seven seconds. */
export function history(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, i) => `${(i % 40) + 1000}\t${wall(old + i * 7000)}\t${i % 2}\t1\t0\t0\t0`,
  )
  return `${lines.join('\n')}\n`
}
