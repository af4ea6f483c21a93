import { type DeviceTransport, listeners, type Transport, TransportError } from './transport.ts'

/**
 * A cable in memory. Reports are copied, arrive later than they are sent (never inside the sender's call), in order
 * and one by one, as over USB: code that works only when writing and reading fall together fails here too.
 */
export function memoryPair(): { host: Transport; device: DeviceTransport } {
  const toHost = listeners<Uint8Array>()
  const toHostError = listeners<TransportError>()
  const toDevice = listeners<Uint8Array>()
  const toDeviceFeature = listeners<Uint8Array>()
  let state: 'plugged' | 'unplugged' | 'closed' = 'plugged'

  const later = (deliver: () => void) => {
    setImmediate(() => {
      if (state === 'plugged') deliver()
    })
  }
  const refuseUnlessPlugged = () => {
    if (state === 'unplugged') throw new TransportError('unplugged', 'The reader was pulled out')
    if (state === 'closed') throw new TransportError('closed', 'This end is closed')
  }

  const host: Transport = {
    async write(report) {
      refuseUnlessPlugged()
      const seen = report[0] === 0 ? report.slice(1) : report.slice()
      later(() => toDevice.call(seen))
    },
    async sendFeature(report) {
      refuseUnlessPlugged()
      const seen = report.slice()
      later(() => toDeviceFeature.call(seen))
    },
    onData: toHost.add,
    onError: toHostError.add,
    async close() {
      if (state === 'plugged') state = 'closed'
    },
  }
  const device: DeviceTransport = {
    send(report) {
      const seen = report.slice()
      later(() => toHost.call(seen))
    },
    onOutput: (listener) => void toDevice.add(listener),
    onFeature: (listener) => void toDeviceFeature.add(listener),
    unplug() {
      if (state !== 'plugged') return
      state = 'unplugged'
      setImmediate(() => toHostError.call(new TransportError('unplugged', 'The reader was pulled out')))
    },
  }
  return { host, device }
}
