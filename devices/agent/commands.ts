import type { CommandBody, CommandStep } from '#devices/contract.ts'
import { pause } from '#devices/driver/pause.ts'
import { afterFailure, makeBackoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { deleteFinger, enrolFinger, identifyFinger } from './finger-commands.ts'
import type { Log } from './log.ts'
import { pressFinger } from './press-command.ts'
import type { Presses } from './presses.ts'
import { copyFinger, readIndex, selfTestReader } from './reader-commands.ts'
import { type Server, ServerError } from './server.ts'
import type { Standing } from './standing.ts'
import { troubleOf } from './trouble.ts'
import type { ReaderWorker } from './worker.ts'

export type Facts = CommandStep['facts']
export type Tell = (step: string, facts?: Facts) => void
/** How a command ended: the last step of its story. */
export type Outcome = { state: 'done' | 'failed'; step: string; facts?: Facts }

export type CommandsOptions = {
  server: Pick<Server, 'commands' | 'sendStep'>
  workers: ReadonlyMap<string, ReaderWorker>
  presses: ReadonlyMap<string, Presses>
  clock: Clock
  log: Log
  signal: AbortSignal
  standing?: Standing
}

/** So many finished commands are remembered, in case the server offers one again because an answer was lost. */
const remembered = 200
const quickMs = 500

/**
 * Fetches commands and carries each out once. Commands do not wait for each other here: a finger must be laid on while
 * an enrolment waits for it. What may not overlap waits at its reader.
 *
 * Steps told: enrol: press, retry, lift, then stored | slot_taken | already_enrolled | not_the_same_finger |
 * nobody_came | finger_not_lifted | stopped | not_proven. delete: deleted. identify: press, retry, then recognised |
 * not_recognised | nobody_came | stopped. cancel: cancelled | nothing_to_cancel. self_test: answer, parameters, sensor,
 * count, index, light, then passed | failed_at | count_differs. index: read. copy: copied for each reader, then copied_all |
 * copy_refused. light: lit | no_light.
 * press: finger_down, matched, spooled, not_recognised, poor_image, finger_held, then lifted; unplugged; replugged.
 * Any of them may fail with reader_unknown, not_emulated, unplugged, wrong_password, no_answer or refused.
 */
export async function runCommands(options: CommandsOptions): Promise<void> {
  const { server, clock, log, signal } = options
  const backoff = makeBackoff()
  const stories = new Map<string, Story>()
  while (!signal.aborted) {
    try {
      const asked = clock.monotonic()
      const commands = await server.commands()
      for (const { id, body } of commands) take(id, body)
      backoff.reset()
      // A server that does not hold the request, for example while it stops, must not be asked without a pause.
      if (commands.length === 0 && clock.monotonic() - asked < quickMs) await pause(quickMs, signal)
    } catch (error) {
      if (!signal.aborted) log.warn({ error: String(error) }, 'commands cannot be fetched')
      await pause(afterFailure(options.standing, backoff), signal)
    }
  }

  function take(id: string, body: CommandBody): void {
    const known = stories.get(id)
    if (known) {
      known.repeat()
      return
    }
    const story = makeStory(id, options)
    stories.set(id, story)
    for (const old of [...stories.keys()].slice(0, -remembered)) stories.delete(old)
    if (body.kind === 'cancel') story.end(cancel(stories.get(body.command)))
    else void carryOut(body, options, story).then(story.end)
  }
}

type Story = { tell: Tell; end(outcome: Outcome): void; repeat(): void; stop(): boolean; readonly signal: AbortSignal }

/** Ends what another command has begun and not finished; without one there is nothing left to end. */
function cancel(story: Story | undefined): Outcome {
  return { state: 'done', step: story?.stop() ? 'cancelled' : 'nothing_to_cancel' }
}

/** What is told of one command, in order, each step until the server has it. */
function makeStory(command: string, { server, clock, log, signal }: CommandsOptions): Story {
  const stopping = new AbortController()
  let newest: CommandStep | null = null
  let sending: Promise<void> = Promise.resolve()
  const post = (step: CommandStep) => {
    newest = step
    sending = sending.then(() => deliver(step))
  }
  async function deliver(step: CommandStep): Promise<void> {
    const backoff = makeBackoff()
    while (!signal.aborted) {
      try {
        return await server.sendStep(step)
      } catch (error) {
        log.warn({ command, step: step.step, error: String(error) }, 'a step was not delivered')
        if (error instanceof ServerError && error.kind === 'refused') return
        await pause(backoff.next(), signal)
      }
    }
  }
  const at = () => new Date(clock.now()).toISOString()
  return {
    tell: (step, facts = {}) => post({ command, state: 'running', step, facts, at: at() }),
    end: ({ state, step, facts = {} }) => post({ command, state, step, facts, at: at() }),
    repeat() {
      if (newest) post(newest)
    },
    stop() {
      const running = newest === null || newest.state === 'running'
      stopping.abort()
      return running
    },
    signal: stopping.signal,
  }
}

type Work = Exclude<CommandBody, { kind: 'cancel' }>

async function carryOut(body: Work, options: CommandsOptions, { tell, signal }: Story): Promise<Outcome> {
  const { clock } = options
  const presses = options.presses.get(body.serial)
  const worker = options.workers.get(body.serial)
  if (!worker) return { state: 'failed', step: 'reader_unknown' }
  try {
    switch (body.kind) {
      case 'enrol':
        return await enrolFinger({ worker, presses, clock, signal, tell }, body)
      case 'identify':
        return await identifyFinger({ worker, presses, clock, signal, tell })
      case 'delete':
        return await deleteFinger(worker, body.slot)
      case 'self_test':
        return await selfTestReader(worker, clock, tell)
      case 'light':
        return await light(worker)
      case 'index':
        return await readIndex(worker)
      case 'copy':
        return await copyFinger(worker, options.workers, body, tell)
      case 'press':
        return await pressFinger(worker, presses, body, tell)
    }
  } catch (error) {
    options.log.warn({ kind: body.kind, serial: body.serial, error: String(error) }, 'a command failed')
    return { state: 'failed', step: troubleOf(error).detail, facts: { message: String(error).slice(0, 200) } }
  }
}

function light(worker: ReaderWorker): Promise<Outcome> {
  return worker.do(async (reader) => {
    if (!reader.dialect.led) return { state: 'failed', step: 'no_light' }
    await reader.light('success')
    return { state: 'done', step: 'lit' }
  })
}
