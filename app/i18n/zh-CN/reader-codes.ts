export const readerCodes = {
  ok: '正常',
}
