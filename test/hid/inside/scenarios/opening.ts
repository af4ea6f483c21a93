import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { renameSync } from 'node:fs'
import { openHid } from '#devices/transport/hid.ts'
import { TransportError } from '#devices/transport/transport.ts'
import { startReader } from '#test/hid/inside/far-end.ts'
import type { Scenarios } from './stage.ts'

/** What opening a reader says when it cannot be opened. */
export const opening: Scenarios = {
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
