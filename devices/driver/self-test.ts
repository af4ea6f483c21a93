import { codeMeaning, confirmation, confirmationName, ReaderError } from '#devices/protocol/codes.ts'
import { checkSensor, genImg, handShake, readSysPara, templeteNum } from '#devices/protocol/command.ts'
import { lightCommand } from '#devices/protocol/dialects.ts'
import type { Reader } from './reader.ts'
import { rangesOf, takenSlots } from './slots.ts'

export const selfTestSteps = ['answer', 'parameters', 'sensor', 'count', 'index', 'light'] as const
export type SelfTestStep = (typeof selfTestSteps)[number]

export type SelfTestResult = {
  /** The first step that failed; null when all passed. */
  failedAt: SelfTestStep | null
  /** Why, as a name that the pages have a sentence for; "count_differs" when count and index table disagree. */
  reason: string | null
  /** The module's confirmation code, where it gave one. */
  code: number | null
  /** What was learnt: dialect, capacity, sensor code, templates, taken. Complete when all passed. */
  facts: Record<string, string | number>
}

type Failure = { reason: string; code: number | null } | null
type Facts = SelfTestResult['facts']

/**
 * Asks the module whether it is sound, one thing after the other; `onStep` is called before each. It ends at the first
 * thing that fails: what comes after would only repeat it. A reader that is unplugged meanwhile is an error, not a result.
 */
export async function selfTest(reader: Reader, onStep: (step: SelfTestStep) => void): Promise<SelfTestResult> {
  const facts: Facts = { dialect: reader.dialect.name, capacity: reader.parameters.capacity }
  for (const step of selfTestSteps) {
    onStep(step)
    const failure = await attempt(() => checks[step](reader, facts))
    if (failure) return { failedAt: step, ...failure, facts }
  }
  return { failedAt: null, reason: null, code: null, facts }
}

const checks: Record<SelfTestStep, (reader: Reader, facts: Facts) => Promise<Failure>> = {
  async answer(reader) {
    const greeting = reader.dialect.handShake
    return judge(reader, (await reader.ask(greeting === null ? readSysPara() : handShake(greeting))).code)
  },
  async parameters(reader, facts) {
    const { code, value } = await reader.ask(readSysPara())
    if (value === null) return judge(reader, code)
    const { capacity, address } = value.returns
    facts.capacity = capacity
    const same = capacity === reader.parameters.capacity && address === reader.parameters.address
    return same ? null : { reason: 'parameters_changed', code: null }
  },
  async sensor(reader, facts) {
    const { code } = await reader.ask(checkSensor())
    facts.sensor = code
    // CheckSensor came late to the family: a module that does not know it is asked for an image instead.
    const unknown = code === confirmation.packetError || code === reader.dialect.unknownCode
    if (!unknown) return judge(reader, code)
    const image = (await reader.ask(genImg())).code
    facts.sensor = image
    const { next } = codeMeaning(image, reader.dialect.name)
    return next === 'wait_finger' || next === 'press_again' ? null : judge(reader, image)
  },
  async count(reader, facts) {
    const { code, value } = await reader.ask(templeteNum())
    if (value === null) return judge(reader, code)
    facts.templates = value.returns
    return null
  },
  async index(reader, facts) {
    const taken = await takenSlots(reader)
    facts.taken = rangesOf(taken)
    return taken.length === facts.templates ? null : { reason: 'count_differs', code: null }
  },
  async light(reader) {
    const command = lightCommand(reader.dialect, 'success')
    return command === null ? null : judge(reader, (await reader.ask(command)).code)
  },
}

function judge(reader: Reader, code: number): Failure {
  return code === confirmation.ok ? null : { reason: confirmationName(code, reader.dialect.name), code }
}

async function attempt(check: () => Promise<Failure>): Promise<Failure> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof ReaderError) || error.kind === 'unplugged') throw error
    return { reason: error.reason ?? (error.kind === 'timeout' ? 'no_answer' : error.kind), code: error.code }
  }
}
