import type { ByteLink } from '#devices/link/link.ts'
import { codeMeaning, confirmation, confirmationName, ReaderError } from '#devices/protocol/codes.ts'
import {
  type Command,
  handShake,
  readSysPara,
  type SystemParameters,
  templeteNum,
  vfyPwd,
} from '#devices/protocol/command.ts'
import { type Dialect, type DialectName, dialects, lightCommand, type Signal } from '#devices/protocol/dialects.ts'
import { type Channel, type ChannelOptions, openChannel } from './channel.ts'
import type { Reply } from './conversation.ts'
import { pause } from './pause.ts'

/** A module that has been greeted: unlocked, its dialect and its size known. */
export type Reader = {
  readonly dialect: Dialect
  readonly parameters: SystemParameters
  /** The module's answer, whatever the code. */
  ask<Returns>(command: Command<Returns>): Promise<Reply<Returns>>
  /** The value of a good answer; any other code is thrown as refused. */
  demand<Returns>(command: Command<Returns>): Promise<Returns>
  /** The error for an answer that the caller cannot go on with, named as this dialect means it. */
  refused(name: string, code: number): ReaderError
  /** Templates stored in the module. */
  count(): Promise<number>
  /** Shows a signal where the module can; a light that fails is no reason to stop. */
  light(signal: Signal): Promise<void>
  onError: Channel['onError']
  onUnsolicited: Channel['onUnsolicited']
  close(): Promise<void>
}

export type ReaderOptions = ChannelOptions & {
  /** What somebody configured; it is believed unless the module greets in another dialect. */
  dialect?: DialectName
  password?: number
}

/** Password first, because a locked module answers everything else with 21; then dialect and parameters. */
export async function openReader(link: ByteLink, options: ReaderOptions = {}): Promise<Reader> {
  const channel = openChannel(link, options)
  try {
    await unlock(channel, options.password ?? 0)
    const dialect = dialects[await dialectOf(channel, options.dialect)]
    const parameters = await demand(channel, dialect.name, readSysPara())
    channel.setDataSize(32 << (parameters.packetSizeCode & 3))
    return greeted(channel, dialect, parameters)
  } catch (error) {
    await channel.close()
    throw error
  }
}

function greeted(channel: Channel, dialect: Dialect, parameters: SystemParameters): Reader {
  const ask = patiently(channel, dialect.name)
  return {
    dialect,
    parameters,
    ask,
    demand: (command) => demand({ ask }, dialect.name, command),
    refused: (name, code) => refused(dialect.name, name, code),
    count: () => demand({ ask }, dialect.name, templeteNum()),
    async light(signal) {
      const command = lightCommand(dialect, signal)
      if (!command) return
      await channel.ask(command).catch((error: unknown) => {
        if (error instanceof ReaderError && error.kind === 'unplugged') throw error
      })
    },
    onError: channel.onError,
    onUnsolicited: channel.onUnsolicited,
    close: channel.close,
  }
}

async function unlock(channel: Channel, password: number): Promise<void> {
  await demand(channel, 'zfm', vfyPwd(password))
}

/**
 * Driven in another's dialect, a module would do other things than it was asked. Who answers no greeting may be of any
 * kind, and the commands of ZFM are understood by all: there the configuration has the word.
 */
async function dialectOf(channel: Channel, configured: DialectName | undefined): Promise<DialectName> {
  if (configured === 'zfm') return configured
  const found = await probe(channel)
  if (configured === undefined || found === configured || found === 'zfm') return configured ?? found
  const message = `the module speaks ${found}, not ${configured} as configured: correct "dialect", or leave it out`
  throw new ReaderError('refused', message, { reason: 'wrong_dialect' })
}

/**
 * GROW's greeting is asked first: code 40 is free elsewhere, while SYNO's 35 would reach GROW's LED. What answers
 * neither is a plain ZFM. Silence counts as no; some modules ignore what they do not know.
 */
async function probe(channel: Channel): Promise<DialectName> {
  for (const name of ['grow', 'syno'] as const) {
    const greeting = dialects[name].handShake
    if (greeting !== null && (await answersOk(channel, handShake(greeting)))) return name
  }
  return 'zfm'
}

async function answersOk(channel: Channel, command: Command<void>): Promise<boolean> {
  try {
    return (await channel.ask(command)).code === confirmation.ok
  } catch (error) {
    if (error instanceof ReaderError && error.kind === 'timeout') return false
    throw error
  }
}

/** So often the same bytes are sent to a module that was busy or got them damaged, with so long a pause between. */
const tries = 3
const againMs = 40

/** A command that the module says it did not take is sent again: both answers mean that nothing was done. */
function patiently({ ask }: Channel, dialect: DialectName): Channel['ask'] {
  return async (command) => {
    let reply = await ask(command)
    for (let sent = 1; sent < tries && codeMeaning(reply.code, dialect).next === 'send_again'; sent++) {
      await pause(againMs)
      reply = await ask(command)
    }
    return reply
  }
}

async function demand<Returns>(
  channel: Pick<Channel, 'ask'>,
  dialect: DialectName,
  command: Command<Returns>,
): Promise<Returns> {
  const reply = await channel.ask(command)
  if (reply.value) return reply.value.returns
  throw refused(dialect, command.name, reply.code)
}

function refused(dialect: DialectName, name: string, code: number): ReaderError {
  const reason = confirmationName(code, dialect)
  return new ReaderError('refused', `${name}: ${reason}`, { code, reason })
}
