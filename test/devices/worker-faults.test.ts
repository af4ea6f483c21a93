import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { offsetMeter, systemClock } from '#devices/agent/clock.ts'
import { Spool } from '#devices/agent/spool.ts'
import { ReaderWorker } from '#devices/agent/worker.ts'
import { code } from '#devices/protocol/command.ts'
import { bench, eventually, silentLog } from './reader-support.ts'

/** A worker at an emulated SYNO reader, with ann's finger in slot 7. */
async function working() {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  const { device, library } = bench('cp2110', 'syno')
  library.set(7, library.learn('ann'))
  const spool = await Spool.open(folder)
  const clock = systemClock()
  const shared = { spool, clock, offset: offsetMeter(clock), log: silentLog, retryMs: 5 }
  const worker = new ReaderWorker({ ...shared, serial: 'BENCH1', profile: 'cp2110', emulated: true, open: device.open })
  worker.start()
  await eventually(() => worker.status.state === 'online')
  const end = async () => {
    await worker.stop()
    await spool.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { device, spool, worker, end }
}

test.each([
  ['the sensor fails', code.genImg, 0x29],
  ['the flash fails', code.search, 0x18],
  ['a code of no manual comes', code.img2Tz, 0xee],
  ['the module is locked', code.genImg, 0x21],
  ['the command is blocked', code.genImg, 0xfc],
])(
  'when %s the reader is in fault and takes no punch; repaired, it comes back by itself',
  async (_, command, answer) => {
    const { device, spool, worker, end } = await working()
    try {
      device.module.fault(command, answer)
      device.press({ identity: 'ann', quality: 'good' })
      await eventually(() => worker.status.state === 'fault')
      // A look that was under way when it broke may still have seen her.
      const before = spool.length
      expect(before).toBeLessThanOrEqual(command === code.genImg ? 1 : 0)
      device.lift()
      device.module.fault(command, null)
      await eventually(() => worker.status.state === 'online' && device.module.noticed === 'empty')
      device.press({ identity: 'ann', quality: 'good' })
      await eventually(() => spool.length === before + 1)
    } finally {
      await end()
    }
  },
)

test('a module that is busy for a moment, or got a packet damaged, makes no fault and loses no finger', async () => {
  const { device, spool, worker, end } = await working()
  const states: string[] = []
  worker.onStatus(({ state }) => states.push(state))
  try {
    for (const answer of [0xfb, 0x01]) {
      const before = spool.length
      device.module.fault(code.search, answer)
      device.press({ identity: 'ann', quality: 'good' })
      setTimeout(() => device.module.fault(code.search, null), 30)
      await eventually(() => spool.length === before + 1)
      device.lift()
      await eventually(() => device.module.noticed === 'empty')
    }
    expect(states.filter((state) => state !== 'online')).toEqual([])
  } finally {
    await end()
  }
})
