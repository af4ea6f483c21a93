import type { Profile } from '#devices/link/profile.ts'
import type { DialectName } from '#devices/protocol/dialects.ts'
import { cable } from './scenarios/cable.ts'
import { commands } from './scenarios/commands.ts'
import { opening } from './scenarios/opening.ts'
import { punches, twoReaders } from './scenarios/punches.ts'
import type { Scenarios } from './scenarios/stage.ts'

function ofEachProfile(profile: Profile, dialect: DialectName): Scenarios {
  return { ...commands(profile, dialect), ...punches(profile, dialect), ...cable(profile, dialect) }
}

/** Every scenario by its name, in the order of play. */
export const scenarios: Scenarios = {
  ...ofEachProfile('raw64', 'grow'),
  ...ofEachProfile('cp2110', 'syno'),
  ...twoReaders,
  ...opening,
}
