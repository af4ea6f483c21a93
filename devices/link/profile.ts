import type { DeviceTransport, Transport } from '#devices/transport/transport.ts'
import { cp2110Device, openCp2110 } from './cp2110.ts'
import type { ByteLink, DeviceLink } from './link.ts'
import { openRaw64, raw64Device } from './raw64.ts'

/**
 * How a reader's bytes travel in HID reports. A reader's profile is configured, never guessed; only the CP2110 is known by
 * its vendor and product id and found by itself.
 *
 * - `cp2110`: a module's UART behind Silicon Labs' bridge. The bridge is bought, nothing is programmed.
 * - `raw64`: a module behind a microcontroller of one's own; `raw64.ts` says what its firmware must do.
 *
 * A further profile is a `ByteLink` for the host and a `DeviceLink` for the emulator; nothing above knows of it.
 */
export type Profile = 'raw64' | 'cp2110'

export async function openLink(profile: Profile, transport: Transport): Promise<ByteLink> {
  return profile === 'cp2110' ? openCp2110(transport) : openRaw64(transport)
}

export function deviceLink(profile: Profile, transport: DeviceTransport): DeviceLink {
  return profile === 'cp2110' ? cp2110Device(transport) : raw64Device(transport)
}
