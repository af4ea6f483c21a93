export type LineEncoding = 'ascii' | 'utf8' | 'gb18030' | 'utf16' | 'unreadable'

export type DecodedLine = { readonly text: string; readonly encoding: LineEncoding }

const newline = 0x0a

/** How many bytes are looked at to tell text from anything else. */
const looked = 4096

/**
 * The lines of an uploaded file 编码识别, each by its own encoding, because files are put together from several machines: UTF-16 as
 * a whole, else line by line ASCII, UTF-8 or GB18030. Null when it is no text at all. No byte of a GB18030 character is a
 * line end, so that lines can be cut before they are read.
 */
export function* decodeLines(bytes: Uint8Array): Generator<DecodedLine> {
  const wide = wideEncoding(bytes)
  if (wide !== null) {
    const text = new TextDecoder(wide).decode(bytes)
    for (const line of text.split('\n')) {
      yield { text: line, encoding: line.includes(unread) ? 'unreadable' : 'utf16' }
    }
    return
  }
  for (const line of cutLines(bytes)) yield decodeLine(line)
}

function* cutLines(bytes: Uint8Array): Generator<Uint8Array> {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  let start = marked ? 3 : 0
  while (start < bytes.length) {
    const found = bytes.indexOf(newline, start)
    const end = found < 0 ? bytes.length : found
    yield bytes.subarray(start, end)
    start = end + 1
  }
}

// Made once; each line is decoded whole, so that nothing of one stays for the next. They mark what they cannot read, which is a
// hundred times quicker than an error for each such line.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const chinese = new TextDecoder('gb18030')
const bare = new TextDecoder('latin1')
const unread = '\uFFFD'

function decodeLine(line: Uint8Array): DecodedLine {
  if (!line.some((byte) => byte > 0x7f)) return { text: bare.decode(line), encoding: 'ascii' }
  const text = utf8.decode(line)
  if (!text.includes(unread)) return { text, encoding: 'utf8' }
  const other = chinese.decode(line)
  if (!other.includes(unread)) return { text: other, encoding: 'gb18030' }
  return { text: bare.decode(line), encoding: 'unreadable' }
}

/** UTF-16 by its mark, or by the zero in every second byte of digits and blanks. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, looked)
  const pairs = head.length >> 1
  if (pairs < 4) return null
  const zeros = (from: number) => head.filter((byte, index) => index % 2 === from && byte === 0).length
  if (zeros(1) > pairs * 0.8 && zeros(0) < pairs * 0.1) return 'utf-16le'
  return zeros(0) > pairs * 0.8 && zeros(1) < pairs * 0.1 ? 'utf-16be' : null
}

/** Whether bytes can be a text of records at all; spreadsheets, archives and binary exports are none. */
export function isText(bytes: Uint8Array): boolean {
  if (wideEncoding(bytes) !== null) return true
  const head = bytes.subarray(0, looked)
  const odd = head.filter((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20)).length
  return odd <= head.length * 0.02
}

/** A push's body 推送正文 as text: UTF-8 if it is that, else what Chinese terminals write, line by line. */
export function decodePush(bytes: Uint8Array): string {
  return [...decodeLines(bytes)].map((line) => line.text).join('\n')
}
