import { hashPassword } from '#app/db/password-hash.server.ts'
import { blindIndex, seal } from '#app/db/personal-data.server.ts'
import { demoPassword } from '#app/domain/access/demo.ts'
import { fourPunchProfile } from '#app/domain/attendance/presets.ts'
import { leaveProfile } from '#app/domain/leave/preset.ts'
import { addDays } from '#app/domain/time/day.ts'
import type { DemoData } from '../../prisma/seed/demo.ts'
import { seedId } from '../../prisma/seed/ids.ts'
import { demoCentreId, instant, type Secrets, type Table } from '../../prisma/seed/tables.ts'

const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`

/** One hash for all: everybody in the demo has the same password, and a hash of its own for each would take a minute. */
export async function loadSecrets(): Promise<Secrets> {
  return {
    passwordHash: await hashPassword(demoPassword),
    seal: (text) => hex(seal(text)),
    index: (text) => hex(blindIndex(text)),
  }
}

/** The rule sets in force over the whole past of the demo: four punches a day, and who decides on leave. */
export function documentTables(demo: DemoData): Table[] {
  const own = { centre_id: demoCentreId(demo.seed) }
  const validFrom = addDays(demo.from, -200)
  return [
    {
      name: 'rule_set',
      rows: (['attendance', 'leave'] as const).map((kind) => {
        const profile = kind === 'attendance' ? fourPunchProfile : leaveProfile
        return {
          ...own,
          id: seedId(demo.seed, 'rule-set', kind),
          kind,
          version: profile.version,
          name: profile.name,
          source: profile.source,
          valid_from: validFrom,
          document: { ...profile, valid_from: validFrom },
          state: 'active',
          created_at: instant(validFrom, 9 * 3600),
        }
      }),
    },
  ]
}
