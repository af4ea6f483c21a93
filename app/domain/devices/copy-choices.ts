import type { Step } from './command.ts'
import type { Named } from './readers-view.ts'

export type CopyPlace = Named & { readonly id: string; readonly readable: boolean }

/** A finger of a person in one reader, and the readers of the same agent that lack it. */
export type CopyOffer = {
  readonly enrolmentId: string
  readonly finger: number
  readonly reader: Named
  readonly targets: readonly CopyPlace[]
}

export type CopyChoices = {
  /** Whether the centre allows copying. */
  readonly on: boolean
  readonly offers: readonly CopyOffer[]
  readonly last: { readonly running: boolean; readonly steps: readonly Step[] } | null
}

export type HeldFinger = {
  readonly enrolmentId: string
  readonly finger: number
  readonly sourceId: string
}

export type AgentReader = CopyPlace & {
  readonly agentId: string | null
  /** The kind of module, whose templates others do not understand; null while it is not known. */
  readonly dialect: string | null
}

/** For each finger once, the readers of the same agent and kind that it could be copied to 可复制到. Source: decisions 20. */
export function copyOffers(held: readonly HeldFinger[], readers: readonly AgentReader[]): readonly CopyOffer[] {
  const offers = new Map<number, CopyOffer>()
  for (const { enrolmentId, finger, sourceId } of held) {
    const reader = readers.find((one) => one.id === sourceId)
    if (reader === undefined || reader.agentId === null || !reader.readable) continue
    const has = new Set(held.filter((one) => one.finger === finger).map((one) => one.sourceId))
    const targets = readers
      .filter((one) => one.agentId === reader.agentId && understands(one, reader) && !has.has(one.id))
      .map(({ id, name, nameEn, readable }) => ({ id, name, nameEn, readable }))
    const { name, nameEn } = reader
    const known = offers.get(finger)?.targets.length ?? 0
    if (targets.length > known) offers.set(finger, { enrolmentId, finger, reader: { name, nameEn }, targets })
  }
  return [...offers.values()]
}

function understands(one: AgentReader, other: AgentReader): boolean {
  return one.dialect === null || other.dialect === null || one.dialect === other.dialect
}
