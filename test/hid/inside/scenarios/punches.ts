import assert from 'node:assert/strict'
import type { Profile } from '#devices/link/profile.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { eventually, startReader } from '#test/hid/inside/far-end.ts'
import { type Scenarios, settingsOf, touch, watch } from './stage.ts'

/** From the finger to the spool. */
export function punches(profile: Profile, dialect: DialectName): Scenarios {
  const settings = settingsOf(profile, dialect)
  return {
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
    async [`${profile}: after a burst that the kernel cannot hold, commands are answered again`]() {
      const far = await startReader(settings('BURST'))
      const { worker, punches, stop } = await watch('BURST', profile)
      for (let round = 0; round < 3; round++) await far.flood(700)
      await touch(far, 'li-zhe.left-thumb', () => punches().length === 1)
      assert.equal(worker.status.state, 'online')
      await stop()
    },
  }
}

export const twoReaders: Scenarios = {
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
}
