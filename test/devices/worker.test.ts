import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { offsetMeter, systemClock } from '#devices/agent/clock.ts'
import { Spool } from '#devices/agent/spool.ts'
import { ReaderWorker } from '#devices/agent/worker.ts'
import { bench, eventually, silentLog } from './reader-support.ts'

test('a finger that stays while the reader is unplugged and plugged in again is one punch', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'))
  const { device, library } = bench('raw64', 'zfm')
  library.set(7, library.learn('ann'))
  const spool = await Spool.open(folder)
  const clock = systemClock()
  let looks = 0
  const open = async () => {
    const transport = await device.open()
    const write = (report: Uint8Array) => {
      if (report[10] === 0x01) looks++
      return transport.write(report)
    }
    return { ...transport, write }
  }
  const shared = { spool, clock, offset: offsetMeter(clock), log: silentLog, retryMs: 5 }
  const worker = new ReaderWorker({ ...shared, serial: 'BENCH1', profile: 'raw64', emulated: true, open })
  worker.start()
  try {
    device.press({ identity: 'ann', quality: 'good' })
    await eventually(() => spool.length === 1)
    device.unplug()
    await eventually(() => worker.status.state === 'offline')
    looks = 0
    device.replug()
    await eventually(() => looks >= 4)
    expect(spool.length).toBe(1)

    device.lift()
    await eventually(() => device.module.noticed === 'empty')
    device.press({ identity: 'ann', quality: 'good' })
    await eventually(() => spool.length === 2)
  } finally {
    await worker.stop()
    await spool.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
