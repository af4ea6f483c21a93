import { createCipheriv, createHash } from 'node:crypto'

/** A finger of the imagination: who it belongs to, and how it lies on the glass. */
export type Finger = { identity: string; quality: 'good' | 'wet' | 'dry' }

/** What the sensor has seen. */
export type Image = { pixels: Uint8Array; quality: Finger['quality'] }

/** 256 × 288 pixels at four bits: what a module sends over its UART. */
export const imageSize = (256 * 288) / 2
export const templateSize = 512

/** The picture of a finger: the same finger gives the same picture, another finger another one. */
export function imageOf(finger: Finger): Image {
  return { pixels: stretch(`image of ${finger.identity}`, imageSize), quality: finger.quality }
}

/**
 * The features of a picture. They depend on the picture alone, so that a picture or a template that was read out and
 * written back works like the finger itself. Every template contains EF 01, as real ones do now and then: a parser that
 * takes each EF 01 for a header fails at the first one.
 */
export function templateOf(image: Image): Uint8Array {
  const template = stretch(createHash('sha256').update(image.pixels).digest('hex'), templateSize)
  template.set([0x03, 0x01], 0)
  template.set([0xef, 0x01], 40)
  return template
}

/** Deterministic bytes from a text. */
function stretch(text: string, size: number): Uint8Array {
  const key = createHash('sha256').update(text).digest()
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  return new Uint8Array(cipher.update(Buffer.alloc(size)))
}

export function sameTemplate(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
