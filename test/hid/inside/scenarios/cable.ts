import assert from 'node:assert/strict'
import type { Profile } from '#devices/link/profile.ts'
import { ReaderError } from '#devices/protocol/codes.ts'
import { genImg } from '#devices/protocol/command.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { eventually, listed, startReader } from '#test/hid/inside/far-end.ts'
import { connect, type Scenarios, settingsOf, touch, watch } from './stage.ts'

/** A reader that goes away, and comes back. */
export function cable(profile: Profile, dialect: DialectName): Scenarios {
  const settings = settingsOf(profile, dialect)
  return {
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
  }
}
