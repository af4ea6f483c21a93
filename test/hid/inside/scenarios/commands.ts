import assert from 'node:assert/strict'
import { enrol } from '#devices/driver/enrol.ts'
import { takenSlots } from '#devices/driver/slots.ts'
import type { Profile } from '#devices/link/profile.ts'
import { genImg, upImage } from '#devices/protocol/command.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { attachedReaders } from '#devices/transport/hid.ts'
import { eventually, startReader } from '#test/hid/inside/far-end.ts'
import { connect, type Scenarios, settingsOf } from './stage.ts'

/** What one reader answers when it is asked. */
export function commands(profile: Profile, dialect: DialectName): Scenarios {
  const settings = settingsOf(profile, dialect)
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
    async [`${profile}: a picture of 36,864 bytes arrives whole`]() {
      const far = await startReader(settings('IMAGE'))
      const reader = await connect('IMAGE', profile)
      await far.press('li-zhe.left-thumb')
      await eventually(async () => (await reader.ask(genImg())).code === 0)
      const picture = await reader.ask(upImage())
      assert.equal(picture.value?.data.length, 36_864)
      await reader.close()
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
