import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Problem } from '../lib/messages.ts'
import { stockKernel } from './kernel.ts'
import { fileSystem } from './machine.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const cache = join(root, 'node_modules/.cache/hid-vm')
const entry = 'test/hid/inside/main.ts'

/** How one scenario ended inside the machine; `problem` is null when it held. */
export type Played = { readonly name: string; readonly problem: string | null; readonly milliseconds: number }

export type Show = { readonly played: readonly Played[]; readonly complete: boolean; readonly console: string }

/** No hardware help is asked for: an emulated processor behaves the same everywhere. Two of them, or bursts are not lost. */
const machine = [
  ...['-accel', 'tcg,thread=multi,tb-size=512', '-machine', 'q35', '-cpu', 'Nehalem', '-smp', '2', '-m', '1024'],
  ...['-nodefaults', '-display', 'none', '-no-reboot', '-serial', 'stdio'],
]
const kernelWords = 'console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable'

/** Boots the throw-away machine, lets it play every scenario, and gives what it said. Its disk is memory: nothing stays. */
export async function playInMachine(limitMs: number): Promise<Show> {
  if (process.arch !== 'x64') throw new Problem('hid_vm_architecture', { arch: process.arch })
  const kernel = await stockKernel(cache)
  const image = await fileSystem(kernel, cache, entry)
  const words = [...machine, '-kernel', kernel.image, '-initrd', image, '-append', kernelWords]
  const child = spawn('qemu-system-x86_64', words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs)
  const said: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line))
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line))
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
  })
  clearTimeout(limit)
  await rm(image, { force: true })
  const told = said.flatMap((line) => messageOf(line))
  const played = told.filter((one): one is Played => 'name' in one)
  return { played, complete: told.some((one) => 'end' in one), console: said.join('\n') }
}

function messageOf(line: string): (Played | { end: true })[] {
  const text = /^HIDVM (\{.*\})\s*$/.exec(line)?.[1]
  return text === undefined ? [] : [JSON.parse(text)]
}
