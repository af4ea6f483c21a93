import { createElement } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { withoutPadding } from '#app/server/padding.ts'

/** A page as the server writes it, with so many letters before the Chinese text. */
function pageOf(before: number): Promise<Buffer> {
  const words = Array.from({ length: 400 }, (_, at) => createElement('p', { key: at, title: '窗口' }, '窗口人员'))
  const page = createElement('div', { id: 'x'.repeat(before) }, words)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const body = withoutPadding()
    body.on('data', (part: Buffer) => parts.push(part))
    body.on('end', () => resolve(Buffer.concat(parts)))
    const { pipe } = renderToPipeableStream(page, { onAllReady: () => pipe(body), onShellError: reject })
  })
}

describe('a page of Chinese text', () => {
  it('arrives whole wherever its characters fall', async () => {
    for (let before = 0; before < 40; before += 1) {
      const page = await pageOf(before)
      expect(page.includes(0)).toBe(false)
      expect(page.toString('utf8').split('窗口人员')).toHaveLength(401)
    }
  })
})
