import { connect, createServer, type Socket } from 'node:net'

/** The network between an agent and the server: it can be cut, and it can lose answers after the request went through. */
export type Network = {
  readonly url: string
  cut(): void
  /** Requests pass, answers do not: the server stores what the agent has to send again. */
  swallowAnswers(): void
  mend(): void
  close(): void
}

export async function makeNetwork(server: string): Promise<Network> {
  const { hostname, port } = new URL(server)
  const open = new Set<Socket>()
  let state: 'well' | 'cut' | 'swallowing' = 'well'
  const listener = createServer((near) => {
    if (state === 'cut') return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.pipe(far)
    far.on('data', (bytes) => (state === 'swallowing' ? near.destroy() : near.write(bytes)))
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port: own } = listener.address() as { port: number }
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${own}`,
    cut() {
      state = 'cut'
      drop()
    },
    swallowAnswers() {
      state = 'swallowing'
    },
    mend() {
      state = 'well'
    },
    close() {
      listener.close()
      drop()
    },
  }
}
