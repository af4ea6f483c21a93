/** Who may import whom. A floor is the longest prefix that fits a path; what is not listed is not allowed. */
type Floor = {
  readonly of: string
  /** Prefixes of project paths, its own folder is always allowed. */
  readonly files: readonly string[]
  /** Packages; 'node:' stands for all modules of Node, '*' for everything in package.json. */
  readonly packages: readonly string[]
}

const clock = 'app/clock.server.ts'
const env = 'app/env.server.ts'
const contract = 'devices/contract.ts'

export const floors: readonly Floor[] = [
  { of: 'app/domain/time/', files: ['app/domain/'], packages: ['zod', 'luxon'] },
  { of: 'app/domain/people/', files: ['app/domain/'], packages: ['zod', 'pinyin-pro'] },
  { of: 'app/domain/', files: [], packages: ['zod'] },
  {
    of: 'app/db/',
    files: ['app/domain/', contract, env, clock],
    packages: ['@prisma/client', '@prisma/adapter-pg', 'pg', 'uuid', 'zod', 'node:'],
  },
  {
    of: 'app/services/',
    files: ['app/domain/', 'app/db/', 'app/pdf/', contract, env, clock],
    packages: ['zod', 'fflate', 'node:'],
  },
  {
    of: 'app/auth/',
    files: ['app/domain/', 'app/db/', contract, env, clock],
    packages: ['@remix-run/node', 'zod', 'node:'],
  },
  { of: 'app/i18n/', files: ['app/domain/'], packages: ['i18next'] },
  { of: 'app/ui/', files: ['app/i18n/', 'app/domain/'], packages: ['react', '@remix-run/react', '@conform-to/react'] },
  { of: 'app/pdf/', files: ['app/domain/', 'app/i18n/'], packages: ['pdfkit', 'node:'] },
  { of: 'app/fonts/', files: ['app/domain/', 'app/pdf/'], packages: ['subset-font', 'node:'] },
  { of: 'app/live/', files: ['app/db/', env, clock, 'app/server/load-context.ts'], packages: ['pg', 'node:'] },
  {
    of: 'app/jobs/',
    files: ['app/db/', 'app/services/', 'app/live/', 'app/domain/', env, clock, 'app/server/log.server.ts'],
    packages: ['pg-boss', 'node:'],
  },
  {
    of: 'app/server/',
    files: ['app/i18n/', 'app/jobs/', 'app/live/', 'app/db/', 'app/domain/', env, clock],
    packages: ['*'],
  },
  {
    of: 'app/routes/',
    files: [
      'app/domain/',
      'app/db/',
      'app/services/',
      'app/auth/',
      'app/ui/',
      'app/i18n/',
      'app/live/',
      'app/pdf/',
      'app/fonts/',
      'app/server/load-context.ts',
      contract,
      env,
      clock,
    ],
    packages: ['react', '@remix-run/node', '@remix-run/react', '@conform-to/react', '@conform-to/zod', 'zod', 'node:'],
  },
  {
    of: 'app/',
    files: ['app/'],
    packages: ['react', 'react-dom', '@remix-run/node', '@remix-run/react', 'zod', 'node:'],
  },
  { of: 'devices/transport/', files: [], packages: ['zod', 'node-hid', 'node:'] },
  { of: 'devices/link/', files: ['devices/transport/'], packages: ['zod', 'node:'] },
  { of: 'devices/protocol/', files: ['devices/link/', 'devices/transport/'], packages: ['zod', 'node:'] },
  {
    of: 'devices/driver/',
    files: ['devices/protocol/', 'devices/link/', 'devices/transport/', contract],
    packages: ['zod', 'node:'],
  },
  {
    of: 'devices/agent/',
    files: ['devices/driver/', 'devices/protocol/', 'devices/link/', 'devices/transport/', contract],
    packages: ['pino', 'zod', 'luxon', 'node:'],
  },
  {
    of: 'devices/emulator/',
    files: ['devices/protocol/', 'devices/link/', 'devices/transport/'],
    packages: ['zod', 'node:'],
  },
  { of: 'devices/', files: [], packages: ['zod'] },
  { of: 'prisma/', files: [''], packages: ['*'] },
  { of: 'scripts/', files: [''], packages: ['*'] },
  { of: 'test/', files: [''], packages: ['*'] },
]

/** Known departures from the table, each with its reason; one that is no longer needed fails the test. */
export const departures: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  {
    from: 'app/routes/_shell.security.tsx',
    to: 'app/server/plain-http.ts',
    why: 'a pure question about the environment',
  },
  { from: 'devices/agent/', to: 'devices/emulator/', why: 'the demo agent hosts emulated modules in its own process' },
]

export function isDeparture(from: string, to: string): boolean {
  return departures.some((one) => from.startsWith(one.from) && to.startsWith(one.to))
}

export function floorOf(file: string): Floor | undefined {
  return floors.filter((floor) => file.startsWith(floor.of)).sort((a, b) => b.of.length - a.of.length)[0]
}

export function mayImportFile(from: string, to: string): boolean {
  const floor = floorOf(from)
  if (!floor) return false
  return to.startsWith(floor.of) || floor.files.some((prefix) => to.startsWith(prefix))
}

export function mayImportPackage(from: string, name: string): boolean {
  const packages = floorOf(from)?.packages ?? []
  return (
    packages.includes('*') ||
    packages.some((allowed) => name === allowed || (allowed === 'node:' && name.startsWith('node:')))
  )
}

/** Services do not call each other: what two share is a domain or a db function. */
export function isServiceToService(from: string, to: string): boolean {
  return from.startsWith('app/services/') && to.startsWith('app/services/') && to.endsWith('.server.ts')
}
