import { describe, expect, test } from 'vitest'
import { readIndexTable, readSysPara, search } from '#devices/protocol/command.ts'
import { encodePacket, packetId, packetParser } from '#devices/protocol/packet.ts'
import { acks, capturedParameters, computedParameters, hex, requests, wrongChecksum } from './vectors.ts'

function onlyPayload(bytes: Uint8Array): Uint8Array {
  const [packet, ...rest] = packetParser().push(bytes)
  expect(rest).toEqual([])
  if (!packet) throw new Error('no packet')
  return packet.payload
}

describe('bytes of real modules', () => {
  test.each(requests)('%s is sent as captured', (_, { payload }, expected) => {
    expect(encodePacket(packetId.command, payload)).toEqual(hex(expected))
  })

  test.each(acks)('%s is read and written', (_, bytes, payload) => {
    expect(onlyPayload(hex(bytes))).toEqual(hex(payload))
    expect(encodePacket(packetId.ack, hex(payload))).toEqual(hex(bytes))
  })

  test('the parameters of a captured module', () => {
    const parameters = readSysPara().read(onlyPayload(hex(capturedParameters)).slice(1))
    expect(parameters).toEqual({
      status: 0x000c,
      systemId: 0x2ec8,
      capacity: 100,
      security: 3,
      address: 0xffffffff,
      packetSizeCode: 2,
      baudFactor: 6,
    })
  })

  test('the parameters of an R503', () => {
    const parameters = readSysPara().read(onlyPayload(hex(computedParameters)).slice(1))
    expect(parameters).toMatchObject({ status: 0, systemId: 9, capacity: 200 })
  })

  test('where a finger was found', () => {
    const ack = onlyPayload(hex('… 07 00 07 00 00 05 00 96 00 A9'))
    expect(search(1, 0, 200).read(ack.slice(1))).toEqual({ slot: 5, score: 150 })
  })

  test('the index table counts from the lowest bit', () => {
    const zeros = '00 '.repeat(31)
    const ack = onlyPayload(hex(`… 07 00 23 00 23 ${zeros}00 4D`))
    expect(readIndexTable(0).read(ack.slice(1))).toEqual([0, 1, 5])
    expect(readIndexTable(2).read(ack.slice(1))).toEqual([512, 513, 517])
  })

  test.each([
    ['more follows', packetId.data, '8C'],
    ['the last', packetId.end, '92'],
  ] as const)('data 00 to 0F, %s', (_, id, sum) => {
    const payload = Uint8Array.from({ length: 16 }, (_, at) => at)
    const body = [...payload].map((byte) => byte.toString(16)).join(' ')
    expect(encodePacket(id, payload)).toEqual(hex(`… 0${id} 00 12 ${body} 00 ${sum}`))
  })

  test('the bare 55 of power-on is no packet', () => {
    expect(packetParser().push(hex('55 … 07 00 03 00 00 0A'))).toHaveLength(1)
  })

  test('an ack with a wrong checksum is no ack', () => {
    const faults: string[] = []
    const parser = packetParser({ onFault: (fault) => faults.push(fault) })
    expect(parser.push(hex(wrongChecksum))).toEqual([])
    expect(faults).toEqual(['checksum'])
    expect(parser.push(hex('… 07 00 07 00 00 05 00 C8 00 DB'))).toHaveLength(1)
  })
})
