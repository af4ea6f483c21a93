import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { openReader } from '#devices/driver/reader.ts'
import { openLink } from '#devices/link/profile.ts'
import type { HidDeviceInfo } from '#devices/transport/attached.ts'
import { attachedReaders, type HidHandle, type HidLibrary, openHid } from '#devices/transport/hid.ts'
import { lockName, systemPath } from '#devices/transport/lock.ts'
import type { TransportError } from '#devices/transport/transport.ts'

/** node-hid as it was measured: plain strings as errors, a second close rejects, counts that differ. */
class Handle extends EventEmitter implements HidHandle {
  readonly written: Uint8Array[] = []
  closes = 0
  async write(report: Buffer) {
    this.written.push(new Uint8Array(report))
    return 64
  }
  async sendFeatureReport(report: Buffer) {
    this.written.push(new Uint8Array(report))
    return report.length
  }
  async close() {
    this.closes++
    if (this.closes > 1) throw new Error('device is already closed')
  }
  /** As node-hid does it: it begins to read a tick after somebody listens, and throws into the void when it is too late. */
  override on(event: string, listener: (fact: never) => void): this {
    if (event === 'data') {
      process.nextTick(() => {
        if (this.closes > 0) throw new TypeError('device has been closed')
      })
    }
    return super.on(event, listener as (...facts: unknown[]) => void)
  }
}

type Listed = Partial<HidDeviceInfo> & { path: string }

function library(handle: Handle, devices: Listed[] = [{ serialNumber: 'A1', path: '/dev/hidraw0' }]): HidLibrary {
  const infos = devices.map((device) => ({ vendorId: 0x10c4, productId: 0xea80, ...device }))
  const unnamed = { vendorId: 1, productId: 2, path: '/dev/hidraw9' }
  const open = async (path: string) => {
    if (devices.some((device) => device.path === path)) return handle
    throw new Error(`cannot open ${path}`)
  }
  return { devicesAsync: async () => [...infos, unnamed], HIDAsync: { open } }
}

describe('the HID transport', () => {
  test('knows readers by serial number and leaves out what has none', async () => {
    expect((await attachedReaders(library(new Handle()))).map(({ serial }) => serial)).toEqual(['A1'])
  })

  test('writes what it is given and does not mind the count that comes back', async () => {
    const handle = new Handle()
    const transport = await openHid('A1', library(handle))
    await transport.write(new Uint8Array(65))
    expect(handle.written[0]).toHaveLength(65)
    await transport.close()
  })

  test('turns the plain string of an unplugged device into one error', async () => {
    const handle = new Handle()
    const transport = await openHid('A1', library(handle))
    const errors: TransportError[] = []
    transport.onError((error) => errors.push(error))
    handle.emit('error', 'could not read from HID device: hid_read_timeout: unexpected poll error')
    handle.emit('error', 'again')
    expect(errors.map(({ kind }) => kind)).toEqual(['unplugged'])
    await expect(transport.write(new Uint8Array(65))).rejects.toMatchObject({ kind: 'unplugged' })
    await transport.close()
  })

  test('closes once, however often it is asked to', async () => {
    const handle = new Handle()
    const transport = await openHid('A1', library(handle))
    await Promise.all([transport.close(), transport.close()])
    await transport.close()
    expect(handle.closes).toBe(1)
    await expect(transport.write(new Uint8Array(65))).rejects.toMatchObject({ kind: 'closed' })
  })

  test('may be closed in the moment it was opened', async () => {
    const handle = new Handle()
    await (await openHid('A1', library(handle))).close()
    expect(handle.closes).toBe(1)
  })

  test('says which packages are missing', async () => {
    const broken: HidLibrary = {
      ...library(new Handle()),
      devicesAsync: () => Promise.reject(Object.assign(new Error('libudev.so.1'), { code: 'ERR_DLOPEN_FAILED' })),
    }
    const refused = expect(openHid('A1', broken)).rejects
    await refused.toMatchObject({ kind: 'library_missing', message: expect.stringMatching(/libudev1.*libusb-1\.0-0/) })
  })

  test('says when nothing with that serial number is attached, or it may not be opened', async () => {
    await expect(openHid('B2', library(new Handle()))).rejects.toMatchObject({ kind: 'not_found' })
    const locked: HidLibrary = {
      ...library(new Handle()),
      HIDAsync: { open: () => Promise.reject(new Error('cannot open device')) },
    }
    await expect(openHid('A1', locked)).rejects.toMatchObject({ kind: 'no_permission' })
  })
})

describe('what node-hid and the systems do', () => {
  test('an error with nobody listening ends nothing', async () => {
    const handle = new Handle()
    const transport = await openHid('A1', library(handle))
    expect(() => handle.emit('error', 'could not read from HID device')).not.toThrow()
    await expect(transport.sendFeature(Uint8Array.of(0x41, 1))).rejects.toMatchObject({ kind: 'unplugged' })
    await transport.close()
  })

  test('an empty read, and one that comes after closing, say nothing', async () => {
    const handle = new Handle()
    const transport = await openHid('A1', library(handle))
    const link = await openLink('cp2110', transport)
    const seen: Uint8Array[] = []
    link.onBytes((bytes) => seen.push(bytes))
    handle.emit('data', Buffer.alloc(0))
    handle.emit('data', Buffer.from([2, 7, 8, 0, 0]))
    await link.close()
    handle.emit('data', Buffer.from([1, 9]))
    expect(seen).toEqual([Uint8Array.of(7, 8)])
  })

  test('a write that the device rejects, or never takes, ends the question', async () => {
    const gone = new Handle()
    gone.write = () => Promise.reject(new Error('Cannot write to hid device: No such device'))
    const link = await openLink('raw64', await openHid('A1', library(gone)))
    await expect(openReader(link)).rejects.toMatchObject({ kind: 'unplugged' })
    const stuck = new Handle()
    stuck.write = () => new Promise(() => undefined)
    const slow = await openLink('raw64', await openHid('A1', library(stuck)))
    await expect(openReader(slow, { patience: 0.005, drainMs: 1 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('each report is as long as its device wants it: 65 for raw64, its own bytes for the bridge', async () => {
    const raw = new Handle()
    const rawLink = await openLink('raw64', await openHid('A1', library(raw)))
    await rawLink.write(new Uint8Array(139))
    expect(raw.written.map(({ length }) => length)).toEqual([65, 65, 65])
    await rawLink.close()
    const bridge = new Handle()
    const link = await openLink('cp2110', await openHid('A1', library(bridge)))
    bridge.written.length = 0
    await link.write(new Uint8Array(139))
    expect(bridge.written.map((report) => [report[0], report.length])).toEqual([
      [63, 64],
      [63, 64],
      [13, 14],
    ])
    await link.close()
  })
})

describe('which device is meant', () => {
  test('the serial number counts, whatever the path has become', async () => {
    const handle = new Handle()
    const before = [
      { serialNumber: 'A1', path: '/dev/hidraw0' },
      { serialNumber: 'B2', path: '/dev/hidraw1' },
    ]
    const opened: string[] = []
    const following = (devices: Listed[]): HidLibrary => {
      const real = library(handle, devices)
      const open = (path: string) => {
        opened.push(path)
        return real.HIDAsync.open(path)
      }
      return { ...real, HIDAsync: { open } }
    }
    await (await openHid('A1', following(before))).close()
    handle.closes = 0
    const after = [
      { serialNumber: 'B2', path: '/dev/hidraw0' },
      { serialNumber: 'A1', path: '/dev/hidraw4' },
    ]
    await (await openHid('A1', following(after))).close()
    expect(opened).toEqual(['/dev/hidraw0', '/dev/hidraw4'])
  })

  test('two devices with one serial number are both left alone, by name', async () => {
    const twins = [
      { serialNumber: 'A1', path: '/dev/hidraw0', interface: 0 },
      { serialNumber: 'A1', path: '/dev/hidraw1', interface: 0 },
    ]
    await expect(openHid('A1', library(new Handle(), twins))).rejects.toMatchObject({
      kind: 'duplicate_serial',
      message: expect.stringMatching(/hidraw0.*hidraw1/),
    })
  })

  test('a device with several usages or interfaces is one device, opened at the maker’s own', async () => {
    const handle = new Handle()
    const devices = [
      { serialNumber: 'A1', path: '/dev/hidraw0', interface: 0, usagePage: 1 },
      { serialNumber: 'A1', path: '/dev/hidraw1', interface: 1, usagePage: 0xff00 },
      { serialNumber: 'A1', path: '/dev/hidraw1', interface: 1, usagePage: 1 },
    ]
    const real = library(handle, devices)
    const opened: string[] = []
    const open = (path: string) => {
      opened.push(path)
      return real.HIDAsync.open(path)
    }
    await (await openHid('A1', { ...real, HIDAsync: { open } })).close()
    expect(opened).toEqual(['/dev/hidraw1'])
    const plain = devices.map(({ usagePage, ...device }) => device)
    await (await openHid('A1', library(new Handle(), plain))).close()
  })

  test('one without a serial number is named when the wanted one is not found', async () => {
    await expect(openHid('B2', library(new Handle()))).rejects.toMatchObject({
      kind: 'not_found',
      message: expect.stringContaining('0001:0002'),
    })
  })

  test('pulled out between listing and opening is not found, and no matter of permission', async () => {
    const real = library(new Handle())
    let lists = 0
    const vanishing: HidLibrary = {
      devicesAsync: async () => (lists++ === 0 ? real.devicesAsync() : []),
      HIDAsync: { open: () => Promise.reject(new Error('cannot open device with path /dev/hidraw0')) },
    }
    await expect(openHid('A1', vanishing)).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('a reader has one user', () => {
  test('a second opener is refused until the first has closed, also when opening failed', async () => {
    const first = await openHid('A1', library(new Handle()))
    await expect(openHid('A1', library(new Handle()))).rejects.toMatchObject({ kind: 'in_use' })
    await first.close()
    const denied: HidLibrary = {
      ...library(new Handle()),
      HIDAsync: { open: () => Promise.reject(new Error('Permission denied')) },
    }
    await expect(openHid('A1', denied)).rejects.toMatchObject({ kind: 'no_permission' })
    await (await openHid('A1', library(new Handle()))).close()
  })

  test('other readers are not locked, and a process that was killed holds nothing', async () => {
    const holder = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(systemPath('reader K9'))}, () => console.log('held'))`,
    ])
    await once(holder.stdout, 'data')
    const devices = [
      { serialNumber: 'K9', path: '/dev/hidraw0' },
      { serialNumber: 'A1', path: '/dev/hidraw1' },
    ]
    await expect(openHid('K9', library(new Handle(), devices))).rejects.toMatchObject({ kind: 'in_use' })
    await (await openHid('A1', library(new Handle(), devices))).close()
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await (await openHid('K9', library(new Handle(), devices))).close()
  })

  test('a lock is released though somebody knocked at it, and where systems have no such name nothing is locked', async () => {
    const lock = await lockName('knocked')
    expect(await lockName('knocked')).toBeNull()
    await lock?.release()
    await (await lockName('knocked'))?.release()
    expect(systemPath('x', 'darwin')).toBeUndefined()
    expect(systemPath('x', 'win32')).toMatch(/^\\\\\.\\pipe\\window-staff-/)
  })
})
