import { Transform } from 'node:stream'

/**
 * Takes zero bytes out of a page. React 18 writes a page in blocks and pads a block with zeros where the next Chinese character does
 * not fit into it whole; a browser shows each as a black diamond. No page of ours has a zero byte of its own.
 */
export function withoutPadding(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? Buffer.from(chunk.filter((byte) => byte !== 0)) : chunk)
    },
  })
}
