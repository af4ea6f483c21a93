import { answering, type Command, code, plainCommand } from './command.ts'

/** Of GROW's product information (ReadProdInfo, 46 bytes) what names the module. */
export type ProductInfo = { model: Uint8Array; batch: Uint8Array; serial: Uint8Array; hardware: readonly number[] }

/** Where a module keeps what it is. No other dialect may be asked for these: SYNO's 3C is the light. */
export const readProdInfo = (): Command<ProductInfo> =>
  answering(plainCommand('ReadProdInfo', [0x3c]), 46, (_, bytes) => ({
    model: bytes.slice(0, 16),
    batch: bytes.slice(16, 20),
    serial: bytes.slice(20, 28),
    hardware: [bytes[28] ?? 0, bytes[29] ?? 0],
  }))
export const getFwVer = () => answering(plainCommand('GetFwVer', [0x3a]), 32, (_, bytes) => bytes)
export const getChipSn = () => answering(plainCommand('GetChipSN', [0x34, 0x00]), 32, (_, bytes) => bytes)
/** 512 bytes in a data phase; what stands in them is the maker's, see the driver. */
export const readInfPage = (): Command<void> => ({
  ...plainCommand('ReadINFpage', [code.readInfPage]),
  data: 'receive',
})
