import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { offsetMeter, systemClock } from '#devices/agent/clock.ts'
import { discoverReaders } from '#devices/agent/readers.ts'
import { Spool } from '#devices/agent/spool.ts'
import { statusReporter } from '#devices/agent/status.ts'
import type { ReaderWorker } from '#devices/agent/worker.ts'
import type { StatusReport } from '#devices/contract.ts'
import { TransportError } from '#devices/transport/transport.ts'
import { eventually, silentLog } from './reader-support.ts'

test('looking for readers never ends: the agent says why it has none, and finds those plugged in later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'discover-'))
  const spool = await Spool.open(folder)
  const stop = new AbortController()
  const { signal } = stop
  const clock = systemClock()
  const shared = { spool, clock, offset: offsetMeter(clock), log: silentLog }
  const workers = new Map<string, ReaderWorker>()
  const reports: StatusReport[] = []
  const sendStatus = async (report: StatusReport) => {
    reports.push(report)
    return { now: report.at }
  }
  const status = statusReporter({ ...shared, version: 'test', server: { sendStatus }, workers, signal, everyMs: 5 })
  const said = (detail: string | null) => eventually(() => reports.some((report) => report.detail === detail))

  let attached: () => string[] = () => {
    throw new TransportError('library_missing', 'libusb')
  }
  const running = discoverReaders({
    known: workers,
    shared,
    add: (worker) => workers.set(worker.serial, worker),
    searched: status.searched,
    signal,
    attached: async () => attached(),
    everyMs: 5,
  })
  const telling = status.run()
  try {
    await said('library_missing')
    attached = () => []
    await said('no_reader')
    attached = () => ['A']
    await eventually(() => workers.has('A'))
    attached = () => ['B']
    await eventually(() => workers.has('B'))
    await said(null)
    expect([...workers.keys()]).toEqual(['A', 'B'])
  } finally {
    stop.abort()
    await Promise.all([running, telling])
    await spool.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
