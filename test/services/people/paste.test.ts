import { beforeAll, expect, test } from 'vitest'
import { prisma } from '#app/db/client.server.ts'
import { listPeople } from '#app/db/people-list.server.ts'
import { addPeople, previewPaste } from '#app/services/people/paste-people.server.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'
import { friday, hrOf, today } from './support.ts'

useDatabase()
let centre: Fixture
beforeAll(async () => {
  centre = await makeCentre(prisma)
})

const head = '姓名\t工号\t身份\t派出单位\t进驻日期\t窗口\t岗位\t手机\t民族'
const table = (...rows: string[]) => [head, ...rows].join('\n')
const people = () => prisma.person.count({ where: { centreId: centre.centreId } })

test('every row’s problems are shown by column and nothing is stored until all of it can be', async () => {
  const text = table(
    '查文静\tM1\t公务员\t市监\t2026-11-02\tA03\tB岗\t13800001111\t汉',
    '任 平\tM1\t公务员\t市监\t\t\t\t\t汉',
    '仇美玲\tM2\t干部\t工商局\t2026-02-30\tZ9\tA岗\t12\t汉',
    '解放\tM3\t事业管理\t人社\t2026-11-02\tA01\tA岗\t\t汉',
    '',
    '赵\ue863\tM4\t参公\t人社\t2026-11-02\t\t\t\t汉',
  )
  const before = await people()
  const preview = await previewPaste(hrOf(centre), text, friday)
  expect(preview.missing).toEqual([])
  expect(preview.header.at(-1)).toEqual({ label: '民族', column: null })
  const found = preview.rows.map((row) => [row.line, row.problems.map((one) => `${one.column} ${one.code}`).sort()])
  expect(found).toEqual([
    [2, []],
    [3, ['staffNumber number_taken']],
    [
      4,
      [
        'identityKind not_one_of',
        'phone phone',
        'startsOn day',
        'unit unit_name_unknown',
        'window window_number_unknown',
      ],
    ],
    [5, ['post a_post_taken_open']],
    [7, ['name private_use']],
  ])
  expect(preview.ready).toBe(1)
  expect(await addPeople(hrOf(centre), text, friday)).toMatchObject({ added: 0, ready: 1 })
  expect(await people()).toBe(before)
  expect(await prisma.recordChange.count({ where: { centreId: centre.centreId } })).toBe(0)
})

test('a clean table is stored whole, with postings, posts, readings and history', async () => {
  const text = `\ufeff${table(
    '"单\n宏志"\tM11\t公务员\t市场监督管理局\t2026/11/02\tａ０３\tB\t0871 6311 2233\t汉',
    '阿依古丽.买买提\tM12\t劳务派遣\t人社\t45\t\t\t\t汉',
  ).replace('45', '2026年11月2日')}\r\n`
  const preview = await previewPaste(hrOf(centre), text, friday)
  expect(preview.rows.flatMap((row) => row.problems)).toEqual([])
  expect(preview.rows[1]?.changes).toMatchObject([{ why: 'dot' }])
  expect(await addPeople(hrOf(centre), text, friday)).toMatchObject({ added: 2, ready: 2 })
  const { rows } = await listPeople(prisma, { centreId: centre.centreId, reach: 'centre' }, { q: 'M1' }, today)
  expect(rows.map((row) => [row.name, row.reading, row.posting?.startsOn, row.posts[0]?.window?.number])).toEqual([
    ['阿依古丽·买买提', 'ayiguli maimaiti', '2026-11-02', undefined],
    ['单宏志', 'shan hongzhi', '2026-11-02', 'A03'],
  ])
})

test('a table without its needed columns, an empty one and one too long are said, not guessed', async () => {
  const by = hrOf(centre)
  expect(await addPeople(by, '张三\t10086', friday)).toMatchObject({
    missing: ['staffNumber', 'name', 'identityKind'],
    rows: [],
    added: 0,
  })
  expect(await addPeople(by, '', friday)).toMatchObject({ added: 0 })
  expect(await addPeople(by, head, friday)).toMatchObject({ missing: [], rows: [], added: 0 })
  const long = table(...Array.from({ length: 501 }, (_, n) => `张三\tL${n}\t干部`))
  expect(await previewPaste(by, long, friday)).toMatchObject({ tooMany: true, ready: 0 })
})

test('at a window that opened after the posting began, the post begins with the window', async () => {
  const { centreId } = centre
  await prisma.window.updateMany({ where: { centreId, number: 'A03' }, data: { opensOn: new Date('2026-11-20') } })
  const preview = await addPeople(
    hrOf(centre),
    table('冼星\tM21\t公务员\t市监\t2026-09-01\tA03\t首席代表\t\t汉'),
    friday,
  )
  expect(preview.rows.flatMap((row) => row.problems)).toEqual([])
  expect(preview.added).toBe(1)
  const { rows } = await listPeople(prisma, { centreId, reach: 'centre' }, { q: 'M21' }, today)
  expect(rows[0]?.posting?.startsOn).toBe('2026-09-01')
  const chief = await prisma.chiefAppointment.findFirstOrThrow({ where: { person: { staffNumber: 'M21' } } })
  expect(chief.startsOn).toEqual(new Date('2026-11-20'))
})
