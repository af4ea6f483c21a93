import type pg from 'pg'
import { liveChannel } from '#app/db/events.server.ts'
import { type Client, makeClient } from '../tour/client.ts'
import type { World } from '../tour/world.ts'
import { codeFor } from './delivering-agent.ts'

/** When something of one punch was first heard, by `performance.now()`. */
export type Heard = { readonly row: number; readonly told: number; readonly judged: number }

export type Ears = {
  /** To be called before the punch is made; the key's last parts name it. */
  readonly expect: (epoch: string, seq: number) => Promise<Heard>
  readonly close: () => void
}

type Part = keyof Heard
type Wanted = { readonly name: string; readonly note: (part: Part, at: number) => void }

/** A kiosk as a browser opens it, and a listener of the database's own: it is told when the row's transaction has ended. */
export async function openEars(world: World, nowMs: number): Promise<Ears> {
  let wanted: Wanted | null = null
  const hear = (part: Part, text: string) => {
    if (wanted !== null && text.includes(wanted.name)) wanted.note(part, performance.now())
  }
  const listener = await listen(world.db, (text) => {
    if (text.includes('"punch"') && text.includes('"greet"')) hear('row', text)
  })
  const browser: Client = makeClient(world.address)
  const paired = await browser.submit('/kiosk', { code: await codeFor(world, 'kiosk', nowMs) })
  if (paired.status !== 302) throw new Error(`the screen was not paired: ${paired.status}`)
  const stop = await browser.events('/kiosk/events', (data) => {
    if (!data.includes('"tone"') || data.includes('"readers"')) return
    hear('told', data)
    if (!data.includes('"received"')) hear('judged', data)
  })
  const expect = (epoch: string, seq: number) =>
    new Promise<Heard>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`punch ${seq} was not told within 10 s`)), 10_000)
      const at: Partial<Record<Part, number>> = {}
      const note = (part: Part, when: number) => {
        at[part] ??= when
        const { row, told, judged } = at
        if (row === undefined || told === undefined || judged === undefined) return
        clearTimeout(late)
        resolve({ row, told, judged })
      }
      wanted = { name: `:${epoch}:${seq}:`, note }
    })
  return {
    expect,
    close: () => {
      stop()
      listener()
    },
  }
}

async function listen(db: pg.Client, onPayload: (text: string) => void): Promise<() => void> {
  const hear = ({ payload }: pg.Notification) => onPayload(payload ?? '')
  db.on('notification', hear)
  await db.query(`LISTEN ${liveChannel}`)
  return () => db.off('notification', hear)
}
