import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { type LiveEvent, publish } from '#app/db/events.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { eventStream } from '#app/live/event-stream.server.ts'
import { subscribe } from '#app/live/events.server.ts'
import { useDatabase } from '#test/support/database.ts'

const { asOwner } = useDatabase()

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

function hear(filter: (event: LiveEvent) => boolean = () => true): LiveEvent[] {
  const events: LiveEvent[] = []
  ends.push(subscribe(filter, (event) => events.push(event)))
  return events
}

/** The connection stands when something published has been heard. */
async function connected(): Promise<void> {
  const events = hear((event) => event.id === 'probe')
  await vi.waitFor(
    async () => {
      await publish(prisma, { topic: 'source', centreId: 'c', id: 'probe' })
      await sleep(20)
      expect(events.length).toBeGreaterThan(0)
    },
    { timeout: 10_000 },
  )
}

describe('an event', () => {
  it('is heard after the commit and not before', async () => {
    await connected()
    const events = hear((event) => event.id === 'a')
    await inTransaction(async (tx) => {
      await publish(tx, { topic: 'punch', centreId: 'c', id: 'a', greeting: '早上好' })
      await sleep(100)
      expect(events).toEqual([])
    })
    await vi.waitFor(() => expect(events).toEqual([{ topic: 'punch', centreId: 'c', id: 'a', greeting: '早上好' }]))
  })

  it('of a transaction that failed is never heard', async () => {
    await connected()
    const events = hear((event) => event.id === 'b')
    const failed = inTransaction(async (tx) => {
      await publish(tx, { topic: 'punch', centreId: 'c', id: 'b' })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    await sleep(100)
    expect(events).toEqual([])
  })

  it('too long for a notification keeps what is needed to ask', async () => {
    await connected()
    const events = hear((event) => event.id === 'long')
    await publish(prisma, { topic: 'punch', centreId: 'c', id: 'long', greeting: '𬭎'.repeat(4000) })
    await vi.waitFor(() => expect(events).toEqual([{ topic: 'punch', centreId: 'c', id: 'long' }]))
  })
})

it('after a lost connection everybody is told to look again, and events arrive again', async () => {
  await connected()
  const events = hear((event) => event.topic === 'resync')
  await asOwner(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'window-staff live' AND datname = current_database()`)
  await vi.waitFor(() => expect(events.length).toBeGreaterThan(0), { timeout: 5_000 })
  await connected()
})

describe('an event stream', () => {
  it('carries events, and ends with the connection', async () => {
    await connected()
    const closed = new AbortController()
    const response = eventStream(
      { closed: closed.signal, address: '10.0.0.1' },
      { filter: (event) => event.id === 's', retryMs: 3000 },
    )
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const text = response.text()
    await publish(prisma, { topic: 'result', centreId: 'c', id: 's' })
    await sleep(200)
    closed.abort()
    expect(await text).toBe('retry: 3000\n\ndata: {"topic":"result","centreId":"c","id":"s"}\n\n')
  })

  it('is bounded for each holder, and a place that is left is free again', () => {
    const open = () => {
      const closed = new AbortController()
      const stream = { filter: () => false, retryMs: 1, holder: 'session' }
      const { status } = eventStream({ closed: closed.signal, address: '10.0.0.2' }, stream)
      return { status, close: () => closed.abort() }
    }
    const streams = Array.from({ length: 16 }, open)
    expect(streams.every(({ status }) => status === 200)).toBe(true)
    expect(open().status).toBe(429)
    for (const { close } of streams) close()
    const again = open()
    expect(again.status).toBe(200)
    again.close()
  })
})
