import { connect, createServer, type Socket } from 'node:net'
import { type DeviceTransport, listeners, type Transport, TransportError } from '#devices/transport/transport.ts'

/** Reports of 64 bytes, one behind the other: a USB cable between two processes, so that either end can be killed. */
const reportSize = 64

function reports(socket: Socket, onReport: (report: Uint8Array) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes])
    for (; rest.length >= reportSize; rest = rest.subarray(reportSize)) {
      onReport(new Uint8Array(rest.subarray(0, reportSize)))
    }
  })
}

/** The host's end. Rejects with not_found while nobody listens there, like a reader that is not plugged in. */
export function openCable(path: string): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    const data = listeners<Uint8Array>()
    const errors = listeners<TransportError>()
    let gone: TransportError | null = null
    const lost = () => {
      if (gone) return
      gone = new TransportError('unplugged', 'the far end is gone')
      errors.call(gone)
    }
    socket.once('connect', () => resolve(transport))
    socket.once('error', () => reject(new TransportError('not_found', `nobody listens at ${path}`)))
    socket.on('error', lost).on('close', lost)
    reports(socket, data.call)
    const transport: Transport = {
      async write(report) {
        if (gone) throw gone
        socket.write(report.subarray(1))
      },
      async sendFeature() {},
      onData: data.add,
      onError: errors.add,
      async close() {
        gone ??= new TransportError('closed', 'this end is closed')
        socket.destroy()
      },
    }
  })
}

/** The device's end: `onPlugged` for each host that comes; the host before it is cut off. */
export function offerCable(path: string, onPlugged: (device: DeviceTransport) => void, onPulled: () => void): void {
  let current: Socket | null = null
  const server = createServer((socket) => {
    current?.destroy()
    current = socket
    const output = listeners<Uint8Array>()
    reports(socket, output.call)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (current !== socket) return
      current = null
      onPulled()
    })
    onPlugged({
      send: (report) => void socket.write(report),
      onOutput: (listener) => void output.add(listener),
      onFeature: () => undefined,
      unplug: () => socket.destroy(),
    })
  })
  server.listen(path)
}
