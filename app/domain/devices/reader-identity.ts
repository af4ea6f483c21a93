/** What a module says it is 模块身份; null where its dialect cannot say. */
export type ModuleIdentity = {
  readonly moduleSerial: string | null
  readonly firmware: string | null
  readonly model: string | null
}

const fields = ['moduleSerial', 'firmware', 'model'] as const

/** Whether a module contradicts another one in something that both say. Not saying it is no contradiction. */
export function isStranger(known: ModuleIdentity, said: ModuleIdentity): boolean {
  return fields.some((field) => known[field] !== null && said[field] !== null && known[field] !== said[field])
}

/**
 * What is known of a module after it has spoken again; null when that is nothing new. A field it leaves out this time is
 * remembered as long as the rest agrees. Source: complaints 26.
 */
export function mergedIdentity(known: ModuleIdentity | null, said: ModuleIdentity): ModuleIdentity | null {
  const { moduleSerial, firmware, model } = said
  if (fields.every((field) => said[field] === null)) return null
  if (known === null || isStranger(known, said)) return { moduleSerial, firmware, model }
  if (fields.every((field) => said[field] === null || known[field] !== null)) return null
  return {
    moduleSerial: moduleSerial ?? known.moduleSerial,
    firmware: firmware ?? known.firmware,
    model: model ?? known.model,
  }
}
