import { z } from 'zod'
import type { Step } from './command.ts'

const target = z.object({ serial: z.string(), slot: z.number() })
const payload = z.object({ to: z.array(target) })

export type CopyTarget = z.infer<typeof target>

/** Where a stored copy command was to carry a template 复制模板. Source: decisions 20 (commands are rows). */
export function targetsOf(stored: unknown): readonly CopyTarget[] {
  const read = payload.safeParse(stored)
  return read.success ? read.data.to : []
}

/** The target that a step of a copy speaks of; null when the command never named it, so that no story begins an enrolment nobody asked for. */
export function copiedTo(stored: unknown, { facts }: Step): CopyTarget | null {
  return targetsOf(stored).find((one) => one.serial === facts.serial && one.slot === facts.slot) ?? null
}
