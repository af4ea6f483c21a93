import { type RegisterDocument, renderRegister, renderRegisters } from '#app/pdf/registers.ts'
import { civilServant, institutionStaff, paragraphs } from '#test/pdf/support.ts'
import { type BenchLine, inTurn, median, rounded } from './figures.ts'
import { chromiumPrinter, type Print, printByPdfkit } from './registers-rivals.ts'

const rounds = 5
const [ownCount, pdfkitCount, chromiumCount] = [60, 6, 4]
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许']

/** Both forms in turn, a different person and a different summary each time. */
function documents(count: number): RegisterDocument[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${surnames[index % surnames.length]}${index % 2 ? '建国' : '晓燕'}`
    const turned = [...paragraphs.slice(index % 6), ...paragraphs.slice(0, index % 6)]
    const fields = { name, summary: `${index + 1}、${turned.join('\n')}`, duties: `综合窗口 ${index + 1} 号` }
    return index % 2 ? civilServant(fields) : institutionStaff(fields)
  })
}

/** Registers a second, each a file of its own. */
function each(print: Print, count: number): () => Promise<number> {
  const people = documents(count)
  return async () => {
    const began = performance.now()
    for (const person of people) {
      if ((await print(person)).length < 1000) throw new Error('nothing was printed')
    }
    return (count / (performance.now() - began)) * 1000
  }
}

async function merged(): Promise<number> {
  const began = performance.now()
  await renderRegisters(documents(ownCount))
  return (ownCount / (performance.now() - began)) * 1000
}

function line(name: string, taken: { ours: number[]; bare: number[] }, note: string): BenchLine {
  const [figure, limit] = [median(taken.ours), median(taken.bare)]
  return {
    name,
    unit: 'registers/s',
    figure: rounded(figure),
    limit: rounded(limit),
    ratio: rounded(limit / figure),
    worst: rounded(Math.min(...taken.ours)),
    note,
  }
}

/** Registers of two pages in turn with what one would write without care: pdfkit opening its fonts each time, a browser printing a page. */
export async function benchRegisters(): Promise<BenchLine[]> {
  const own = each(renderRegister, ownCount)
  const byPdfkit = await inTurn(rounds, own, each(printByPdfkit, pdfkitCount))
  const together = await inTurn(rounds, merged, each(printByPdfkit, pdfkitCount))
  const browser = await chromiumPrinter()
  try {
    const byChromium = await inTurn(rounds, own, each(browser.print, chromiumCount))
    const times = (taken: { ours: number[]; bare: number[] }) => (median(taken.ours) / median(taken.bare)).toFixed(1)
    return [
      line(
        'registers, beside pdfkit',
        byPdfkit,
        `not a limit but a rival: the same boxes with pdfkit, fonts read for each document; ours is ${times(byPdfkit)} times as fast`,
      ),
      line(
        'registers, beside Chromium',
        byChromium,
        `a rival: a running Chromium prints the same form as HTML; ours is ${times(byChromium)} times as fast`,
      ),
      line(
        'registers in one file',
        together,
        `one merged file of ${ownCount} beside single files of pdfkit; ${times(together)} times as fast`,
      ),
    ]
  } finally {
    await browser.close()
  }
}
