import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { imageOf, imageSize, templateOf } from '#devices/emulator/finger.ts'
import { loadLibrary, makeLibrary } from '#devices/emulator/library.ts'
import { EmulatedModule, type ModuleOptions } from '#devices/emulator/module.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { encodePacket, type Packet, packetParser } from '#devices/protocol/packet.ts'
import { eventually } from './reader-support.ts'
import { hex } from './vectors.ts'

/** A client that knows nothing of the driver: bytes in, packets out. */
function wired(dialect: DialectName, options: ModuleOptions & { password?: number } = {}) {
  const { password = 0, ...rest } = options
  const library = makeLibrary({ serial: 'M1', dialect, capacity: 100, password, slots: {} })
  const module = new EmulatedModule(library, { latencyFactor: 0, ...rest })
  const parser = packetParser()
  const raw: number[] = []
  const packets: Packet[] = []
  module.onSend((bytes) => {
    raw.push(...bytes)
    packets.push(...parser.push(bytes))
  })
  module.powerOn()

  const next = () => eventually(() => packets.shift())
  const send = (payload: string, address?: number) => module.receive(encodePacket(1, hex(payload), address))
  const ask = async (payload: string, address?: number) => {
    send(payload, address)
    return Buffer.from((await next()).payload).toString('hex')
  }
  const data = async () => {
    const parts: Uint8Array[] = []
    for (;;) {
      const packet = await next()
      parts.push(packet.payload)
      if (packet.id === 8) return { bytes: new Uint8Array(Buffer.concat(parts)), packets: parts.length }
    }
  }
  const give = (bytes: Uint8Array, size = 128) => {
    for (let at = 0; at < bytes.length; at += size) {
      module.receive(encodePacket(at + size < bytes.length ? 2 : 8, bytes.subarray(at, at + size)))
    }
  }
  return { module, library, raw, next, send, ask, data, give }
}

const good = (identity: string) => ({ identity, quality: 'good' as const })

describe('an emulated module', () => {
  test('takes images only of what lies on it', async () => {
    const { module, ask } = wired('zfm')
    expect(await ask('01')).toBe('02')
    expect(await ask('02 01')).toBe('15')
    module.press(good('ann'))
    expect(await ask('01')).toBe('00')
    module.lift()
    expect(await ask('02 01')).toBe('00')
  })

  test('enrols, matches, searches, loads and deletes', async () => {
    const { module, ask } = wired('zfm')
    module.press(good('ann'))
    for (const buffer of ['01', '02']) {
      expect(await ask('01')).toBe('00')
      expect(await ask(`02 ${buffer}`)).toBe('00')
    }
    expect(await ask('03')).toBe('000096')
    expect(await ask('05')).toBe('00')
    expect(await ask('06 01 00 05')).toBe('00')
    expect(await ask('04 01 00 00 00 64')).toBe('0000050096')
    expect(await ask('1B 01 00 00 00 64')).toBe('0000050096')
    expect(await ask('04 01 00 06 00 20')).toBe('0900000000')
    expect(await ask('1D')).toBe('000001')
    expect(await ask('1F 00')).toBe(`0020${'00'.repeat(31)}`)
    expect(await ask('07 02 00 05')).toBe('00')
    expect(await ask('07 02 00 06')).toBe('0c')
    expect(await ask('06 01 00 64')).toBe('0b')
    expect(await ask('0C 00 05 00 01')).toBe('00')
    expect(await ask('0C 00 64 00 01')).toBe('10')
    expect(await ask('0D')).toBe('00')
    expect(await ask('1D')).toBe('000000')
  })

  test('gives a template away in packets of the size that is set, and takes it back', async () => {
    const { module, library, ask, data, give } = wired('grow')
    module.press(good('ann'))
    await ask('01')
    await ask('02 01')
    for (const [code, count] of [
      ['02', 4],
      ['03', 2],
      ['00', 16],
    ] as const) {
      expect(await ask(`0E 06 ${code}`)).toBe('00')
      expect(await ask('08 01')).toBe('00')
      const { bytes, packets } = await data()
      expect(packets).toBe(count)
      expect(bytes).toEqual(templateOf(imageOf(good('ann'))))
    }
    expect(await ask('09 02')).toBe('00')
    give(templateOf(imageOf(good('ben'))))
    expect(await ask('06 02 00 07')).toBe('00')
    module.press(good('ben'))
    await ask('01')
    await ask('02 01')
    expect(await ask('04 01 00 00 00 64')).toBe('0000070096')
    expect(library.identityOf(7)).toBe('ben')
  })

  test('gives an image away and takes it back', async () => {
    const { module, ask, data, give } = wired('syno')
    expect(await ask('0A')).toBe('0f')
    module.press(good('ann'))
    await ask('01')
    expect(await ask('0A')).toBe('00')
    const { bytes, packets } = await data()
    expect([bytes.length, packets]).toEqual([imageSize, 288])
    expect(await ask('0B')).toBe('00')
    give(imageOf(good('ben')).pixels)
    expect(await ask('02 01')).toBe('00')
    await ask('08 01')
    expect((await data()).bytes).toEqual(templateOf(imageOf(good('ben'))))
  })

  test('is locked until its password is verified', async () => {
    const { module, library, ask } = wired('zfm', { password: 0x12345678 })
    expect(await ask('01')).toBe('21')
    expect(await ask('13 00 00 00 00')).toBe('13')
    expect(await ask('13 12 34 56 78')).toBe('00')
    expect(await ask('01')).toBe('02')
    expect(await ask('12 00 00 00 09')).toBe('00')
    expect(library.file.password).toBe(9)
    module.powerOff()
    module.powerOn()
    expect(await ask('01')).toBe('21')
  })

  test('answers a new address from the new address, and then no other', async () => {
    const { next, send, ask } = wired('zfm')
    send('15 12 34 56 78')
    expect(await next()).toMatchObject({ address: 0x12345678, payload: Uint8Array.of(0) })
    expect(await ask('01')).toBe('20')
    expect(await ask('01', 0x12345678)).toBe('02')
  })

  test('may also ignore other addresses', async () => {
    const { send, ask } = wired('zfm', { otherAddress: 'ignore' })
    send('01', 0x11111111)
    expect(await ask('1D')).toBe('000000')
  })

  test('keeps its registers and refuses what it does not have', async () => {
    const { ask } = wired('zfm')
    expect(await ask('0E 05 05')).toBe('00')
    expect(await ask('0E 05 06')).toBe('1b')
    expect(await ask('0E 07 01')).toBe('1a')
    expect(await ask('0E 03 01')).toBe('1a')
    expect(await ask('0F')).toBe('0000040000' + '0064' + '0005' + 'ffffffff' + '0002' + '0006')
    expect(await wired('syno').ask('0E 03 02')).toBe('00')
  })

  test('keeps notes', async () => {
    const { ask } = wired('zfm')
    const note = Buffer.alloc(32, 0x41)
    const spaced = [...note].map((byte) => byte.toString(16)).join(' ')
    expect(await ask(`18 03 ${spaced}`)).toBe('00')
    expect(await ask('19 03')).toBe(`00${note.toString('hex')}`)
    expect(await ask('19 04')).toBe(`00${'00'.repeat(32)}`)
    expect(await ask('19 10')).toBe('1c')
  })

  test('answers the rest of the common table', async () => {
    const { ask, data } = wired('zfm')
    expect(await ask('14')).toMatch(/^00[0-9a-f]{8}$/)
    for (const command of ['17 01', '30', '33', '36']) expect(await ask(command)).toBe('00')
    expect(await ask('1A')).toBe('16')
    expect(await ask('16')).toBe('00')
    expect((await data()).bytes).toHaveLength(512)
  })

  test('answers 01 to a wrong checksum and to half a command, each dialect its own code to an unknown one', async () => {
    const { module, next, ask } = wired('grow')
    module.receive(hex('… 01 00 03 1D 00 22'))
    expect((await next()).payload).toEqual(Uint8Array.of(1))
    expect(await ask('04 01')).toBe('01')
    expect(await ask('7E')).toBe('fc')
    expect(await wired('zfm').ask('7E')).toBe('01')
    expect(await ask('1D')).toBe('000000')
  })

  test('answers damaged packets in their turn, and a command without a code', async () => {
    const { module, next } = wired('zfm')
    const count = encodePacket(1, hex('1D'))
    const damaged = count.with(-1, 0)
    module.receive(Buffer.concat([count, damaged, count, damaged, encodePacket(1, hex('19 00'))]))
    const answers: string[] = []
    for (let at = 0; at < 5; at++) answers.push(Buffer.from((await next()).payload).toString('hex'))
    expect(answers).toEqual(['000000', '01', '000000', '01', '00'.repeat(33)])
    module.receive(encodePacket(1, new Uint8Array(0)))
    expect([...(await next()).payload]).toEqual([1])
    module.receive(count)
    expect([...(await next()).payload]).toEqual([0, 0, 0])
  })

  test('is not locked by a wrong password that nobody asked for', async () => {
    const { ask } = wired('zfm')
    expect(await ask('13 00 00 00 01')).toBe('13')
    expect(await ask('1D')).toBe('000000')
  })

  test('forgets a command that was never finished', async () => {
    const { module, ask } = wired('zfm')
    module.receive(hex('… 01 00 07 13 00'))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await ask('1D')).toBe('000000')
  })

  test('greets with a bare 55 where the real one does', () => {
    expect(wired('zfm').raw).toEqual([])
    expect(wired('grow').raw).toEqual([0x55])
    expect(wired('syno').raw).toEqual([0x55])
  })

  test('a woken SYNO module may report the finger unasked', async () => {
    const { module, next, ask } = wired('syno', { wakeNotice: true })
    expect(await ask('33')).toBe('00')
    module.press(good('ann'))
    expect((await next()).payload).toEqual(Uint8Array.of(0xff))
  })

  test('the same code means another thing in another dialect', async () => {
    expect(await wired('grow').ask('35 01 80 02 00')).toBe('00')
    expect(await wired('grow').ask('35')).toBe('01')
    expect(await wired('syno').ask('35')).toBe('00')
    expect(await wired('zfm').ask('35')).toBe('01')
    expect((await wired('grow').ask('3C')).length).toBe(2 * 47)
  })
})

describe('AutoEnroll and AutoIdentify of an emulated SYNO module', () => {
  test('answer step by step as captured, then find the finger', async () => {
    const { module, next, send } = wired('syno')
    const acks: string[] = []
    const until = async (last: string) => {
      while (acks.at(-1) !== last) {
        const ack = Buffer.from((await next()).payload).toString('hex')
        acks.push(ack)
        if (ack === '000201') module.lift()
        if (ack === '000000' || ack === '000301') module.press(good('ann'))
      }
    }
    send('31 00 01 02 00 4B')
    await until('0006f2')
    expect(acks).toEqual(['000000', '000101', '000201', '000301', '000102', '000202', '0004f0', '0005f1', '0006f2'])
    send('32 03 FF FF 00 00')
    await until('000500010096')
    expect(acks.slice(-3)).toEqual(['000000000000', '000100000000', '000500010096'])
  })

  test('refuse, give up and can be cancelled', async () => {
    const { module, library, ask, next, send } = wired('syno', { fingerMs: 20 })
    expect(await ask('31 00 64 02 00 00')).toBe('0b0000')
    expect(await ask('31 00 01 00 00 00')).toBe('250000')
    expect(await ask('32 03 FF FF 00 00')).toBe('240000000000')
    library.set(1, library.learn('ann'))
    expect(await ask('31 00 01 02 00 00')).toBe('220000')
    expect(await ask('32 03 00 02 00 00')).toBe('230000000000')
    expect(await ask('31 00 02 02 00 00')).toBe('000000')
    expect((await next()).payload).toEqual(Uint8Array.of(0x26, 1, 1))

    const patient = wired('syno')
    expect(await patient.ask('31 00 02 02 00 00')).toBe('000000')
    patient.send('30')
    expect((await patient.next()).payload).toEqual(Uint8Array.of(0))
    expect(await patient.ask('1D')).toBe('000000')
    send('30')
    expect((await next()).payload).toEqual(Uint8Array.of(0))
    module.powerOff()
  })
})

describe('the file of an emulated module', () => {
  test('names fingers, keeps foreign templates, and survives', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'module-'))
    const path = join(folder, 'M1.json')
    writeFileSync(path, JSON.stringify({ serial: 'M1', dialect: 'zfm', capacity: 20, slots: { 12: 'ann' } }))
    const library = loadLibrary(path)
    library.set(3, library.learn('ben'))
    library.set(4, new Uint8Array(512).fill(1))
    library.delete(12)
    const stored = JSON.parse(readFileSync(path, 'utf8'))
    expect(Object.keys(stored.slots)).toEqual(['3', '4'])
    expect(stored.slots['3']).toBe('ben')
    expect(loadLibrary(path).get(4)).toEqual(new Uint8Array(512).fill(1))
    rmSync(folder, { recursive: true })
  })
})
