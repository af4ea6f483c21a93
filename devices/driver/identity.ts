import { ReaderError } from '#devices/protocol/codes.ts'
import type { Command } from '#devices/protocol/command.ts'
import { getChipSn, getFwVer, readInfPage, readProdInfo } from '#devices/protocol/identity-commands.ts'
import type { Reader } from './reader.ts'

/** What a module says it is. Null: its family cannot say, which is no fault. */
export type ReaderIdentity = { moduleSerial: string | null; firmware: string | null; model: string | null }

/** The contract's limit for each of the three. */
const longest = 80

/**
 * Asked of the module itself, not of the USB bridge before it: a module that was changed behind the same bridge shows
 * here. A command that the module refuses or does not know leaves its part null; only a reader that is gone is an error.
 */
export async function readIdentity(reader: Reader): Promise<ReaderIdentity> {
  switch (reader.dialect.name) {
    case 'grow':
      return growIdentity(reader)
    case 'syno': {
      const chip = (await asked(reader, getChipSn()))?.returns
      return { ...(await pageIdentity(reader)), moduleSerial: chip ? textOrHex(chip) : null }
    }
    case 'zfm':
      return { ...(await pageIdentity(reader)), moduleSerial: null }
  }
}

async function growIdentity(reader: Reader): Promise<ReaderIdentity> {
  const product = (await asked(reader, readProdInfo()))?.returns
  const version = (await asked(reader, getFwVer()))?.returns
  // A serial number is counted within its batch: only both together name one module.
  const number = product ? [textOrHex(product.batch), textOrHex(product.serial)].filter(Boolean).join('-') : ''
  return {
    moduleSerial: number || null,
    firmware: version ? textOrHex(version) : (product?.hardware.join('.') ?? null),
    model: product ? textOrHex(product.model) : null,
  }
}

const descriptor = { model: 32, firmware: 40, size: 8 } as const

/**
 * The information page begins with the sixteen bytes of ReadSysPara (the status aside) when it has the layout that the
 * manuals describe: product and version as text at 32 and 40. A page that begins otherwise is not read into.
 */
async function pageIdentity(reader: Reader): Promise<Pick<ReaderIdentity, 'firmware' | 'model'>> {
  const page = (await asked(reader, readInfPage()))?.data
  if (!page || page.length < descriptor.firmware + descriptor.size) return { firmware: null, model: null }
  const view = new DataView(page.buffer, page.byteOffset)
  const { systemId, capacity, address } = reader.parameters
  const known = view.getUint16(2) === systemId && view.getUint16(4) === capacity && view.getUint32(8) === address
  const text = (at: number) => (known ? printable(page.slice(at, at + descriptor.size)) : null)
  return { firmware: text(descriptor.firmware), model: text(descriptor.model) }
}

async function asked<Returns>(reader: Reader, command: Command<Returns>) {
  try {
    return (await reader.ask(command)).value
  } catch (error) {
    if (error instanceof ReaderError && error.kind === 'unplugged') throw error
    return null
  }
}

/** Text as it stands in a field filled with zeros or blanks; null when it is no text. */
function printable(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\0\xff ]+$/, '')
    .slice(0, longest)
  return /^[\x20-\x7e]+$/.test(text) ? text : null
}

/** Modules keep serial numbers as text or as plain bytes. Nothing but zeros, or nothing but FF, is no number. */
function textOrHex(bytes: Uint8Array): string | null {
  const empty = bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff)
  if (empty) return null
  return printable(bytes) ?? Buffer.from(bytes).toString('hex').toUpperCase().slice(0, longest)
}
