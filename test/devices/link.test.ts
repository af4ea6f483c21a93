import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cp2110Device, openCp2110 } from '#devices/link/cp2110.ts'
import { deviceLink, openLink } from '#devices/link/profile.ts'
import { openRaw64, raw64Descriptor } from '#devices/link/raw64.ts'
import { encodePacket, packetParser } from '#devices/protocol/packet.ts'
import { memoryPair } from '#devices/transport/memory.ts'
import { hex } from './vectors.ts'

/** Lets everything that was sent arrive. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe.each(['raw64', 'cp2110'] as const)('the %s link', (profile) => {
  test('carries packets of every size both ways', async () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 256 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(payloads, async (sent) => {
        const pair = memoryPair()
        const device = deviceLink(profile, pair.device)
        const host = await openLink(profile, pair.host)
        const [atDevice, atHost] = [packetParser(), packetParser()]
        const seen: { device: number[][]; host: number[][] } = { device: [], host: [] }
        device.onBytes((bytes) => seen.device.push(...atDevice.push(bytes).map(({ payload }) => [...payload])))
        host.onBytes((bytes) => seen.host.push(...atHost.push(bytes).map(({ payload }) => [...payload])))
        for (const payload of sent) await host.write(encodePacket(1, payload))
        await settled()
        for (const payload of sent) device.write(encodePacket(7, payload))
        await settled()
        const expected = sent.map((payload) => [...payload])
        expect(seen).toEqual({ device: expected, host: expected })
      }),
      { numRuns: 40 },
    )
  })
})

describe('raw64', () => {
  test('begins each packet in a report of its own, 65 bytes with the id, filled with zeros', async () => {
    const reports: Uint8Array[] = []
    const pair = memoryPair()
    const link = openRaw64({ ...pair.host, write: async (report) => void reports.push(report.slice()) })
    await link.write(encodePacket(1, new Uint8Array(70).fill(7)))
    await link.write(encodePacket(1, Uint8Array.of(1)))
    expect(reports.map((report) => [report.length, report[0]])).toEqual([
      [65, 0],
      [65, 0],
      [65, 0],
    ])
    expect(reports[2]?.subarray(1, 3)).toEqual(hex('EF 01'))
    expect(reports[2]?.subarray(13).every((byte) => byte === 0)).toBe(true)
  })

  test('documents its descriptor', () => {
    expect(raw64Descriptor).toHaveLength(27)
  })
})

describe('cp2110', () => {
  test('sets 57600 8N1, switches the UART on and empties the FIFO before the first byte', async () => {
    const features: Uint8Array[] = []
    const pair = memoryPair()
    await openCp2110({ ...pair.host, sendFeature: async (report) => void features.push(report.slice()) })
    expect(features).toEqual([hex('50 00 00 E1 00 00 00 03 00'), hex('41 01'), hex('43 02')])
  })

  test('numbers each report by its bytes, at most 63', async () => {
    const pair = memoryPair()
    const seen: Uint8Array[] = []
    pair.device.onOutput((report) => seen.push(report))
    const link = await openCp2110(pair.host)
    await link.write(encodePacket(1, new Uint8Array(70).fill(7)))
    await settled()
    expect(seen.map((report) => [report[0], report.length])).toEqual([
      [63, 64],
      [18, 19],
    ])
  })

  test('a module at another speed understands nothing', async () => {
    const pair = memoryPair()
    const bytes: Uint8Array[] = []
    cp2110Device(pair.device, 9600).onBytes((part) => bytes.push(part))
    const link = await openCp2110(pair.host)
    await link.write(Uint8Array.of(1, 2, 3))
    await settled()
    expect(bytes).toEqual([])
  })
})
