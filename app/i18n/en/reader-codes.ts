export const readerCodes = {
  ok: 'fine',
}
