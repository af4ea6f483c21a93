import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOptions } from '../../scripts/start/options.ts'

describe('the options of npm start', () => {
  it('keeps the demo apart from a real centre', () => {
    expect(readOptions([], {}).dataDir).toBe(resolve('data'))
    expect(readOptions(['--demo'], {}).dataDir).toBe(join(resolve('data'), 'demo'))
    expect(readOptions(['--demo', '--data', 'elsewhere'], {}).dataDir).toBe(resolve('elsewhere'))
  })

  it('reads an instant without a zone as Beijing time', () => {
    expect(readOptions(['--demo', '--at', '2026-11-23T08:48:00'], {}).at).toBe(Date.parse('2026-11-23T00:48:00Z'))
    expect(readOptions(['--demo', '--at', '2026-11-23'], {}).at).toBe(Date.parse('2026-11-23T00:48:00Z'))
  })

  it.each([
    ['--port', 'abc'],
    ['--port', '70000'],
    ['--demo', '--at', 'tomorrow'],
    ['--unknown'],
    ['--at', '2026-11-23T08:48:00'],
    ['--reset'],
  ])('refuses %s %s in both languages, with the usage', (...argv) => {
    expect(() => readOptions(argv, {})).toThrow(/用法[\s\S]*Usage/)
  })

  it('does not pretend to empty a database that it does not keep', () => {
    expect(() => readOptions(['--demo', '--reset'], { DATABASE_URL: 'postgres://db.example/hall' })).toThrow(
      /DATABASE_URL/,
    )
  })
})
