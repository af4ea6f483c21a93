import { attachedReaders, openHid } from '#devices/transport/hid.ts'
import { TransportError } from '#devices/transport/transport.ts'
import { killAll } from './far-end.ts'
import { closeAll } from './scenarios/stage.ts'
import { scenarios } from './scenarios.ts'
import { runVirtualReader } from './virtual-reader.ts'

/**
 * The one program inside the virtual machine. With "reader {…}" it is a virtual reader, with "list" it says what is
 * attached, with "hold SERIAL" it opens a reader and keeps it; without words it plays every scenario and writes a line of JSON for each.
 */
const marker = 'HIDVM'
const longestMs = 60_000

async function play(): Promise<void> {
  for (const [name, scenario] of Object.entries(scenarios)) {
    const began = performance.now()
    const problem = await withinLimit(scenario).then(
      () => null,
      (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    await closeAll()
    killAll()
    const milliseconds = Math.round(performance.now() - began)
    process.stdout.write(`\n${marker} ${JSON.stringify({ name, problem, milliseconds })}\n`)
  }
  process.stdout.write(`\n${marker} ${JSON.stringify({ end: true })}\n`)
  process.exit(0)
}

function withinLimit(scenario: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished within ${longestMs} ms`)), longestMs)
  })
  return Promise.race([scenario(), limit]).finally(() => clearTimeout(timer))
}

async function list(): Promise<void> {
  const answer = await attachedReaders().catch((error: unknown) =>
    error instanceof TransportError ? `${error.kind}: ${error.message}` : String(error),
  )
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

async function hold(serial: string): Promise<void> {
  await openHid(serial)
  process.stdout.write('held\n')
  setInterval(() => undefined, 1000)
}

if (process.argv[2] === 'reader') runVirtualReader(process.argv[3] ?? '{}')
else if (process.argv[2] === 'list') await list()
else if (process.argv[2] === 'hold') await hold(process.argv[3] ?? '')
else await play()
