import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { attachedReaders, type HidHandle, type HidLibrary, openHid } from '#devices/transport/hid.ts'
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
}

function library(handle: Handle, paths: Record<string, string> = { A1: '/dev/hidraw0' }): HidLibrary {
  const devices = Object.entries(paths).map(([serialNumber, path]) => ({
    vendorId: 0x10c4,
    productId: 0xea80,
    path,
    serialNumber,
  }))
  const unnamed = { vendorId: 1, productId: 2, path: '/dev/hidraw9' }
  const open = async (path: string) => {
    if (Object.values(paths).includes(path)) return handle
    throw new Error(`cannot open ${path}`)
  }
  return { devicesAsync: async () => [...devices, unnamed], HIDAsync: { open } }
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
  })

  test('closes once, however often it is asked to', async () => {
    const handle = new Handle()
    const transport = await openHid('A1', library(handle))
    await Promise.all([transport.close(), transport.close()])
    await transport.close()
    expect(handle.closes).toBe(1)
    await expect(transport.write(new Uint8Array(65))).rejects.toMatchObject({ kind: 'closed' })
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
