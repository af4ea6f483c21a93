import { parseArgs } from 'node:util'
import type { BenchLine } from './bench/figures.ts'
import { benches } from './bench/list.ts'
import { runScript } from './lib/messages.ts'

const usage = `npm run bench [-- --only ${Object.keys(benches).join('|')}]`

function row(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
    .join('  ')
}

function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 })
}

/** The figure, the bare limit of the same run, and how many times slower (or longer) than that limit it is. */
function table(lines: readonly BenchLine[]): string {
  const head = ['bench', 'unit', 'figure', 'bare limit', 'ratio', 'p99', 'bare p99', 'worst']
  const rows = lines.map((line) => [
    line.name,
    line.unit,
    figure(line.figure),
    figure(line.limit),
    line.ratio.toFixed(2),
    line.p99 ? figure(line.p99.figure) : '',
    line.p99 ? figure(line.p99.limit) : '',
    figure(line.worst),
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)))
  return [
    row(head, widths),
    row(
      widths.map((width) => '-'.repeat(width)),
      widths,
    ),
    ...rows.map((cells) => row(cells, widths)),
  ].join('\n')
}

/** `npm run bench`: each line beside the bare limit measured in the same run, as a table and as JSON. */
async function main(): Promise<number> {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
  const names = Object.keys(benches).filter((name) => only === undefined || name === only)
  if (names.length === 0) {
    console.error(usage)
    return 1
  }
  const lines: BenchLine[] = []
  for (const name of names) {
    console.error(`${name} …`)
    lines.push(...((await benches[name]?.()) ?? []))
  }
  console.log(table(lines))
  for (const line of lines) if (line.note) console.log(`  ${line.name}: ${line.note}`)
  console.log(JSON.stringify(lines, null, 2))
  return 0
}

await runScript(main)
