import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { offsetMeter, systemClock } from '#devices/agent/clock.ts'
import { Spool } from '#devices/agent/spool.ts'
import { ReaderWorker } from '#devices/agent/worker.ts'
import { enrol } from '#devices/driver/enrol.ts'
import { openReader, type Reader } from '#devices/driver/reader.ts'
import { takenSlots } from '#devices/driver/slots.ts'
import { openLink, type Profile } from '#devices/link/profile.ts'
import { ReaderError } from '#devices/protocol/codes.ts'
import { genImg, upImage } from '#devices/protocol/command.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { attachedReaders, openHid } from '#devices/transport/hid.ts'
import { TransportError } from '#devices/transport/transport.ts'
import { eventually, type FarEnd, listed, startReader } from './far-end.ts'

/** node-hid on the left, the kernel between, a virtual reader on the right: everything of ours is the real thing. */
async function connect(serial: string, profile: Profile): Promise<Reader> {
  return openReader(await openLink(profile, await openHid(serial)))
}

/** The agent's own worker over a reader, with a spool on the machine's disk. */
async function watch(serial: string, profile: Profile) {
  const spool = await Spool.open(mkdtempSync(join(tmpdir(), 'spool-')))
  const clock = systemClock()
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const open = () => openHid(serial)
  const common = { spool, clock, offset: offsetMeter(clock), log, emulated: false, retryMs: 100 }
  const worker = new ReaderWorker({ ...common, serial, profile, open })
  worker.start()
  await eventually(async () => worker.status.state === 'online')
  const punches = () => spool.batch(1000)?.punches ?? []
  const stop = async () => {
    await worker.stop()
    await spool.close()
  }
  return { worker, punches, stop }
}

async function touch(reader: FarEnd, identity: string, seen: () => boolean): Promise<void> {
  await reader.press(identity)
  await eventually(async () => seen())
  await reader.lift()
  await new Promise((resolve) => setTimeout(resolve, 400))
}

const enrolled = { 7: 'li-zhe.left-thumb' }

function ofEachProfile(profile: Profile, dialect: DialectName): Record<string, () => Promise<void>> {
  const settings = (serial: string, latency = 0.05) => ({ serial, profile, dialect, latency, slots: enrolled })
  return {
    async [`${profile}: is listed by its serial number and greeted`]() {
      await startReader(settings('GREET'))
      const known = (await attachedReaders()).find(({ serial }) => serial === 'GREET')
      assert.deepEqual([known?.vendorId, known?.productId], profile === 'raw64' ? [0x0483, 0x5750] : [0x10c4, 0xea80])
      const reader = await connect('GREET', profile)
      assert.equal(reader.dialect.name, dialect)
      assert.equal(await reader.count(), 1)
      await reader.close()
    },
    async [`${profile}: a finger is one punch, a held one too`]() {
      const far = await startReader(settings('IDENT'))
      const { punches, stop } = await watch('IDENT', profile)
      await touch(far, 'li-zhe.left-thumb', () => punches().length === 1)
      await far.press('li-zhe.left-thumb')
      await eventually(async () => punches().length === 2)
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await far.lift()
      assert.deepEqual(
        punches().map(({ serial, subject }) => [serial, subject]),
        [
          ['IDENT', '7'],
          ['IDENT', '7'],
        ],
      )
      await stop()
    },
    async [`${profile}: a finger is enrolled and found in the index table`]() {
      const far = await startReader(settings('ENROL'))
      const reader = await connect('ENROL', profile)
      const onStep = ({ step }: { step: string }) => {
        if (step === 'press') void far.press('wang.right-index')
        if (step === 'lift') void far.lift()
      }
      const result = await enrol(reader, { slot: 12, presses: 3, onStep, now: () => performance.now() })
      assert.deepEqual(result, { ok: true, slot: 12 })
      assert.deepEqual(await takenSlots(reader), [7, 12])
      await reader.close()
    },
    async [`${profile}: unplugged in the middle of a command, the command fails and nothing hangs`]() {
      const far = await startReader(settings('PULL', 20))
      const reader = await connect('PULL', profile)
      const asked = reader.ask(genImg()).catch((error: unknown) => error)
      await new Promise((resolve) => setTimeout(resolve, 50))
      await far.unplug()
      const error = await asked
      assert.ok(error instanceof ReaderError && error.kind === 'unplugged', String(error))
      await reader.close()
      await reader.close()
    },
    async [`${profile}: plugged in again under another path, it is found by its serial number`]() {
      const far = await startReader(settings('AGAIN'))
      const { worker, punches, stop } = await watch('AGAIN', profile)
      const before = await listed('AGAIN')
      await far.unplug()
      await eventually(async () => worker.status.state === 'offline')
      await startReader({ ...settings('OTHER'), slots: { 7: 'somebody.else' } })
      assert.equal(await listed('OTHER'), before)
      await far.plug()
      await eventually(async () => worker.status.state === 'online')
      assert.notEqual(await listed('AGAIN'), before)
      await touch(far, 'li-zhe.left-thumb', () => punches().length === 1)
      await stop()
    },
    async [`${profile}: killed at the far end and started again, it goes on`]() {
      const first = await startReader(settings('KILL'))
      const { worker, punches, stop } = await watch('KILL', profile)
      await first.kill()
      await eventually(async () => worker.status.state === 'offline')
      const second = await startReader(settings('KILL'))
      await eventually(async () => worker.status.state === 'online')
      await touch(second, 'li-zhe.left-thumb', () => punches().length === 1)
      await stop()
    },
    async [`${profile}: a picture of 36,864 bytes arrives whole`]() {
      const far = await startReader(settings('IMAGE'))
      const reader = await connect('IMAGE', profile)
      await far.press('li-zhe.left-thumb')
      await eventually(async () => (await reader.ask(genImg())).code === 0)
      const picture = await reader.ask(upImage())
      assert.equal(picture.value?.data.length, 36_864)
      await reader.close()
    },
    async [`${profile}: after a burst that the kernel cannot hold, commands are answered again`]() {
      const far = await startReader(settings('BURST'))
      const { worker, punches, stop } = await watch('BURST', profile)
      for (let round = 0; round < 3; round++) await far.flood(700)
      await touch(far, 'li-zhe.left-thumb', () => punches().length === 1)
      assert.equal(worker.status.state, 'online')
      await stop()
    },
    async [`${profile}: reports have the size that every system takes`]() {
      const far = await startReader(settings('SIZES'))
      const reader = await connect('SIZES', profile)
      await reader.count()
      const sizes = new Set(await far.outputs())
      if (profile === 'raw64') assert.deepEqual([...sizes], [64])
      assert.ok([...sizes].every((size) => size <= 64))
      await reader.close()
    },
  }
}

/** What is not of one profile. */
const ofAll: Record<string, () => Promise<void>> = {
  async 'two readers at once: each punch has its own reader'() {
    const left = await startReader({ serial: 'LEFT', profile: 'raw64', dialect: 'zfm', slots: { 3: 'left' } })
    const right = await startReader({ serial: 'RIGHT', profile: 'cp2110', dialect: 'syno', slots: { 4: 'right' } })
    const [l, r] = await Promise.all([watch('LEFT', 'raw64'), watch('RIGHT', 'cp2110')])
    for (let round = 1; round <= 3; round++) {
      await Promise.all([
        touch(left, 'left', () => l.punches().length === round),
        touch(right, 'right', () => r.punches().length === round),
      ])
    }
    assert.deepEqual(new Set(l.punches().map((punch) => `${punch.serial} ${punch.subject}`)), new Set(['LEFT 3']))
    assert.deepEqual(new Set(r.punches().map((punch) => `${punch.serial} ${punch.subject}`)), new Set(['RIGHT 4']))
    await Promise.all([l.stop(), r.stop()])
  },
  async 'a device that is not there is not found, by its serial number'() {
    await assert.rejects(openHid('NOBODY'), (error) => error instanceof TransportError && error.kind === 'not_found')
  },
  async 'a reader has one user: a second process is refused until the first is gone'() {
    await startReader({ serial: 'SHARED', profile: 'raw64', dialect: 'zfm' })
    const first = spawn(process.execPath, [process.argv[1] ?? '', 'hold', 'SHARED'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => first.stdout.once('data', resolve))
    await assert.rejects(openHid('SHARED'), (error) => error instanceof TransportError && error.kind === 'in_use')
    first.kill('SIGKILL')
    await new Promise((resolve) => first.once('exit', resolve))
    await (await openHid('SHARED')).close()
  },
  async 'without libusb the message names the packages'() {
    const library = execFileSync('find', ['/', '-name', 'libusb-1.0.so.0'], { encoding: 'utf8' }).trim().split('\n')[0]
    assert.ok(library)
    renameSync(library, `${library}.away`)
    try {
      const words = [process.argv[1] ?? '', 'list']
      const said = execFileSync(process.execPath, words, { encoding: 'utf8' })
      assert.match(said, /library_missing.*libudev1.*libusb-1\.0-0/s)
    } finally {
      renameSync(`${library}.away`, library)
    }
  },
}

/** Every scenario by its name, in the order of play. */
export const scenarios: Record<string, () => Promise<void>> = {
  ...ofEachProfile('raw64', 'grow'),
  ...ofEachProfile('cp2110', 'syno'),
  ...ofAll,
}
