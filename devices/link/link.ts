import type { TransportError } from '#devices/transport/transport.ts'

/** A link makes one stream of bytes each way out of reports. What the bytes mean is the protocol's matter. */
export interface ByteLink {
  /** Sends one packet. Where a packet begins matters to some links, so a packet is never split over two calls. */
  write(packet: Uint8Array): Promise<void>
  onBytes(listener: (bytes: Uint8Array) => void): () => void
  onError(listener: (error: TransportError) => void): () => void
  close(): Promise<void>
}

/** The same link as the module behind it sees it. */
export interface DeviceLink {
  write(packet: Uint8Array): void
  onBytes(listener: (bytes: Uint8Array) => void): void
}

/** Cuts bytes into pieces of at most `size`. */
export function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const result: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) result.push(bytes.subarray(at, at + size))
  return result
}
