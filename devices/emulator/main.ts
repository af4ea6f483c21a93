import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { emptyLibrary, libraryFromFile } from './device.ts'
import type { Finger } from './finger.ts'
import { EmulatedModule } from './module.ts'

/**
 * An emulated module on a TCP port, for trying any EF01 client on it: the port carries the raw bytes of the module's
 * UART, nothing else. Each connection finds the module freshly powered. Lines on standard input move the finger.
 */
const label = 'EMULATED EF01 MODULE (no real fingerprints)'
const usage = `${label}
  npx tsx devices/emulator/main.ts --tcp HOST:PORT [--file FILE | --dialect zfm|grow|syno] [--latency FACTOR]
Lines on standard input:
  press IDENTITY [good|wet|dry]     slot NUMBER     lift     smudge     quit`

const { values } = parseArgs({
  options: {
    tcp: { type: 'string' },
    file: { type: 'string' },
    dialect: { type: 'string', default: 'grow' },
    latency: { type: 'string', default: '1' },
  },
})
const say = (text: string) => process.stdout.write(`${label}: ${text}\n`)

function dialectOf(text: string) {
  if (text === 'zfm' || text === 'grow' || text === 'syno') return text
  throw new Error(`--dialect is zfm, grow or syno, not ${text}`)
}

function main(address: string): void {
  const library = values.file ? libraryFromFile(values.file) : emptyLibrary('EMULATED', dialectOf(values.dialect))
  const module = new EmulatedModule(library, { latencyFactor: Number(values.latency) })
  const at = address.lastIndexOf(':')
  let current: Socket | null = null

  const server = createServer((socket) => {
    current?.destroy()
    current = socket
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => module.receive(bytes))
    socket.on('close', () => {
      if (current === socket) module.powerOff()
    })
    module.powerOff()
    module.onSend((packet) => void socket.write(packet))
    module.powerOn()
  })
  server.on('error', (error) => {
    say(`cannot listen on ${address}: ${error.message}`)
    process.exitCode = 1
  })
  server.listen(Number(address.slice(at + 1)), address.slice(0, at), () => {
    const { dialect, serial, capacity } = library.file
    say(`${serial}, dialect ${dialect}, ${capacity} slots, listening on ${JSON.stringify(server.address())}`)
  })
  const stop = () => {
    current?.destroy()
    server.close()
    input.close()
    process.stdin.destroy()
  }
  const input = createInterface({ input: process.stdin })
  input.on('line', (line) => (line.trim() === 'quit' ? stop() : say(moveFinger(module, line.trim()))))
  process.on('SIGINT', stop).on('SIGTERM', stop)
}

/** Does what the line asks for; the answer says what was done. */
function moveFinger(module: EmulatedModule, line: string): string {
  const [verb, subject = '', quality = 'good'] = line.split(/\s+/)
  switch (verb) {
    case 'press':
      module.press({ identity: subject, quality: quality as Finger['quality'] })
      return line
    case 'slot': {
      const identity = module.library.identityOf(Number(subject))
      if (identity) module.press({ identity, quality: 'good' })
      return identity ? `${line} (${identity})` : `slot ${subject} is empty`
    }
    case 'lift':
      module.lift()
      return line
    case 'smudge':
      module.smudge()
      return line
    default:
      return `unknown: ${line}`
  }
}

if (values.tcp) main(values.tcp)
else {
  process.stdout.write(`${usage}\n`)
  process.exitCode = 1
}
