import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { agentConfig, loadConfig } from '#devices/agent/config.ts'
import { cp2110 } from '#devices/link/cp2110.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shipped = (name: string) => readFileSync(join(root, 'devices/deploy', name), 'utf8')

/** The settings of a unit by section; a name may come more than once. */
function unit(): (section: string, name: string) => string[] {
  const found: { section: string; name: string; value: string }[] = []
  let section = ''
  for (const line of shipped('window-staff-agent.service').split('\n')) {
    const [, head] = /^\[(\w+)\]$/.exec(line) ?? []
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (head) section = head
    else if (name !== undefined && value !== undefined) found.push({ section, name, value })
    else expect(line).toMatch(/^(#.*)?$/)
  }
  return (wantedSection, wanted) =>
    found.filter((one) => one.section === wantedSection && one.name === wanted).map(({ value }) => value)
}

test('the unit runs what is built, as a user of its own, and always again', () => {
  const the = unit()
  const built = /'(build\/agent\.js)'/.exec(readFileSync(join(root, 'scripts/build.ts'), 'utf8'))?.[1]
  expect(the('Service', 'ExecStart')).toEqual([`/usr/bin/node /opt/window-staff/${built} /etc/window-staff/agent.json`])
  expect(the('Service', 'WorkingDirectory')).toEqual(['/opt/window-staff'])
  expect(the('Service', 'User')).toEqual(['window-staff-agent'])
  expect(the('Service', 'Restart')).toEqual(['always'])
  expect(the('Unit', 'StartLimitIntervalSec')).toEqual(['0'])
  expect(the('Service', 'KillSignal')).toEqual(['SIGTERM'])
  expect(the('Install', 'WantedBy')).toEqual(['multi-user.target'])
})

test('the unit keeps the spool private and in the folder that the configuration names', () => {
  const the = unit()
  const [state] = the('Service', 'StateDirectory')
  expect(the('Service', 'StateDirectoryMode')).toEqual(['0700'])
  expect(the('Service', 'UMask')).toEqual(['0077'])
  expect(JSON.parse(shipped('agent.json')).dataDir).toBe(`/var/lib/${state}`)
  expect(the('Service', 'Environment')).toContain(`WINDOW_STAFF_AGENT_DATA_DIR=/var/lib/${state}`)
})

test('the unit is shut in, and can reach readers and server; it waits for no network', () => {
  const the = unit()
  const yes = [
    'NoNewPrivileges',
    'ProtectHome',
    'PrivateTmp',
    'ProtectKernelModules',
    'ProtectControlGroups',
    'RestrictSUIDSGID',
  ]
  for (const name of yes) expect(the('Service', name)).toEqual(['yes'])
  expect(the('Service', 'ProtectSystem')).toEqual(['strict'])
  expect(the('Service', 'CapabilityBoundingSet')).toEqual([''])
  expect(the('Service', 'DeviceAllow')).toContain('char-hidraw rw')
  for (const gone of ['PrivateDevices', 'PrivateNetwork', 'MemoryDenyWriteExecute'])
    expect(the('Service', gone)).toEqual([])
  expect(the('Service', 'RestrictAddressFamilies')[0]).toContain('AF_INET6')
  expect([...the('Unit', 'After'), ...the('Unit', 'Wants'), ...the('Unit', 'Requires')].join(' ')).not.toContain(
    'network',
  )
})

test('the udev rule opens the bridges that the agent looks for, to the group that the unit has', () => {
  const [group] = unit()('Service', 'SupplementaryGroups')
  const rules = shipped('69-window-staff.rules')
    .split('\n')
    .filter((line) => /^SUBSYSTEM/.test(line))
  const hex = (id: number) => id.toString(16).padStart(4, '0')
  const bridge = rules.filter(
    (line) => line.includes(`"${hex(cp2110.vendorId)}"`) && line.includes(`"${hex(cp2110.productId)}"`),
  )
  expect(bridge.map((line) => /SUBSYSTEM=="(\w+)"/.exec(line)?.[1])).toEqual(['hidraw', 'usb'])
  for (const line of rules) {
    expect(line).toContain(`GROUP="${group}"`)
    expect(line).toContain('MODE="0660"')
    expect(line).toContain('TAG+="uaccess"')
    expect(line).not.toMatch(/MODE="0666"/)
  }
})

test('the example passes the check, and the page names every setting', () => {
  const config = loadConfig(join(root, 'devices/deploy/agent.json'))
  expect(config.readers).toHaveLength(1)
  const page = shipped('README.md')
  const demoOnly = ['clockOffsetMs', 'schedule']
  for (const field of Object.keys(agentConfig.shape).filter((name) => !demoOnly.includes(name))) {
    expect(page).toContain(`\`${field}\``)
  }
  for (const [, file = ''] of page.matchAll(/(devices\/deploy\/[\w.-]+)/g))
    expect(existsSync(join(root, file))).toBe(true)
  for (const [, file = ''] of page.matchAll(/\]\(([\w.-]+)\)/g))
    expect(existsSync(join(root, 'devices/deploy', file))).toBe(true)
})
