import { type Command, plainCommand } from './command.ts'

/**
 * The three families that speak EF01. The same code means different things in them (35 lights an LED in GROW and is a
 * handshake in SYNO), so nothing outside the common table may be sent before the dialect is known.
 */
export type DialectName = 'zfm' | 'grow' | 'syno'

export type Signal = 'success' | 'failure' | 'waiting' | 'off'

/** One step of AutoEnroll's many acks as the dialect writes it. */
export type AutoEnrolLayout = {
  code: number
  /** Bytes of the slot number in the request. */
  slotBytes: 1 | 2
  /** How many presses: asked for in the request, or fixed by the module. */
  presses: 'asked' | number
  /** `flags` is SYNO's; GROW has a byte for each choice. */
  request(slot: number, presses: number, flags?: number): number[]
}

export type Dialect = {
  name: DialectName
  /** Answers 00 in this dialect only; null when the family has no greeting. */
  handShake: number | null
  /** Feature buffers; every press of an enrolment fills one. */
  buffers: number
  /** What the module answers to a code it does not know; for zfm and syno not documented, 01 is our choice. */
  unknownCode: number
  /** What poor fingers look like. */
  poor: { wet: number; dry: number }
  /** Sends one bare 55 when it has power. */
  greetsAtPowerOn: boolean
  led: { code: number; signals: Record<Signal, readonly number[]> } | null
  autoEnrol: AutoEnrolLayout | null
  autoIdentify: { code: number } | null
}

const u16 = (value: number): [number, number] => [(value >> 8) & 0xff, value & 0xff]

/** SYNO flags of AutoEnroll: bit 4 forbids duplicates; step acks and finger-lift stay on. */
const forbidDuplicates = 0x10

export const dialects: Readonly<Record<DialectName, Dialect>> = {
  zfm: {
    name: 'zfm',
    handShake: null,
    buffers: 2,
    unknownCode: 0x01,
    poor: { wet: 0x06, dry: 0x07 },
    greetsAtPowerOn: false,
    led: null,
    autoEnrol: null,
    autoIdentify: null,
  },
  grow: {
    name: 'grow',
    handShake: 0x40,
    buffers: 6,
    unknownCode: 0xfc,
    poor: { wet: 0x06, dry: 0x07 },
    greetsAtPowerOn: true,
    led: {
      // AuraLedConfig: control (2 flash, 1 breathe, 4 off), speed, colour (1 red, 2 blue, 4 green), count (0 = for ever)
      code: 0x35,
      signals: { success: [2, 0x20, 4, 2], failure: [2, 0x20, 1, 3], waiting: [1, 0x80, 2, 0], off: [4, 0, 0, 0] },
    },
    autoEnrol: {
      code: 0x31,
      slotBytes: 1,
      presses: 6,
      request: (slot) => [0x31, slot, 0, 0, 1, 1],
    },
    autoIdentify: { code: 0x32 },
  },
  syno: {
    name: 'syno',
    handShake: 0x35,
    buffers: 6,
    unknownCode: 0x01,
    poor: { wet: 0x05, dry: 0x04 },
    greetsAtPowerOn: true,
    led: {
      // ControlBLN: function (2 flash, 1 breathe, 4 off), first and last colour (bit 0 blue, 1 green, 2 red), loops
      code: 0x3c,
      signals: { success: [2, 2, 2, 2], failure: [2, 4, 4, 3], waiting: [1, 1, 1, 0], off: [4, 0, 0, 0] },
    },
    autoEnrol: {
      code: 0x31,
      slotBytes: 2,
      presses: 'asked',
      request: (slot, presses, flags = forbidDuplicates) => [0x31, ...u16(slot), presses, ...u16(flags)],
    },
    autoIdentify: { code: 0x32 },
  },
}

/** The command that shows a signal, or null where the dialect has no LED command. */
export function lightCommand(dialect: Dialect, signal: Signal): Command<void> | null {
  return dialect.led && plainCommand('Light', [dialect.led.code, ...dialect.led.signals[signal]])
}
