import type { z } from 'zod'

type Both = { zh: string; en: string }

/** What a field should be; the last part of its path decides. */
const wanted: Readonly<Record<string, Both>> = {
  server: {
    zh: '写服务器的完整网址，例如 https://hall.example',
    en: 'write the server’s whole address, for example https://hall.example',
  },
  dataDir: { zh: '写一个本机可写的文件夹', en: 'write a folder of this machine that can be written' },
  name: { zh: '写 1 到 80 个字的名称，例如 东门电脑', en: 'write a name of 1 to 80 characters, for example East door' },
  pairingCode: {
    zh: '写读卡器页面新增采集程序时显示的配对码；已配对的可以删去',
    en: 'write the code shown when an agent is added on the readers page; leave it out once paired',
  },
  clockOffsetMs: { zh: '写整数毫秒；正式使用时删去', en: 'write whole milliseconds; leave it out in earnest' },
  readers: {
    zh: '写最多 64 个读卡器的列表，例如 [{ "serial": "A1", "profile": "cp2110" }]',
    en: 'write a list of at most 64 readers, for example [{ "serial": "A1", "profile": "cp2110" }]',
  },
  discover: { zh: '写 true 或 false', en: 'write true or false' },
  spoolMegabytes: { zh: '写 1 到 1000000 的整数（兆字节）', en: 'write a whole number of megabytes from 1 to 1000000' },
  keepDays: { zh: '写 1 到 3650 的整数（天）', en: 'write a whole number of days from 1 to 3650' },
  schedule: { zh: '写演示用按指时间表的文件路径', en: 'write the path of the demo’s schedule' },
  emulated: {
    zh: '模拟读卡器写 true，真实读卡器写 false 或删去',
    en: 'true for an emulated reader; false, or left out, for a real one',
  },
  serial: {
    zh: '写读卡器的 USB 序列号，1 到 64 个字符',
    en: 'write the reader’s USB serial number, 1 to 64 characters',
  },
  profile: { zh: '写 cp2110 或 raw64', en: 'write cp2110 or raw64' },
  dialect: {
    zh: '写 zfm、grow 或 syno；真实读卡器可以删去，由程序询问',
    en: 'write zfm, grow or syno; a real reader is asked when it is left out',
  },
  password: {
    zh: '写 0 到 4294967295 的整数；没有改过就删去',
    en: 'write a whole number from 0 to 4294967295; leave it out if it was never changed',
  },
  file: { zh: '写模拟模块的存储文件路径', en: 'write the path of the emulated module’s memory' },
  latency: { zh: '写不小于 0 的数', en: 'write a number that is not below 0' },
}

/** Never shown, not even when they are wrong. */
const secret = new Set(['pairingCode', 'password'])

/** Each problem on a line of its own: field, value, what to do; Chinese, then English. */
export function problemsIn(error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const path = pathOf(issue.path)
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(path === '' ? key : `${path}.${key}`))
    return [
      `${path || '{}'}：${said(issue, 'zh')}，${remedy(issue, 'zh')} / ${said(issue, 'en')}: ${remedy(issue, 'en')}`,
    ]
  })
}

type Issue = z.core.$ZodIssue

function said({ input, path }: Issue, language: keyof Both): string {
  if (input === undefined) return language === 'zh' ? '没有写' : 'is missing'
  const field = fieldOf(path)
  if (secret.has(field)) return language === 'zh' ? '值不对' : 'has a wrong value'
  const text = shown(input).slice(0, 80)
  return language === 'zh' ? `不能是 ${text}` : `cannot be ${text}`
}

/** A value may hold others; what is secret in it stays so, also in text that was meant to be JSON. */
function shown(input: unknown): string {
  if (typeof input === 'string' && [...secret].some((name) => input.includes(name))) return '"…"'
  return JSON.stringify(input, (key, value: unknown) => (secret.has(key) ? '…' : value))
}

const anObject: Both = { zh: '写一个 JSON 对象 { … }', en: 'write a JSON object { … }' }

function remedy({ path, message, code }: Issue, language: keyof Both): string {
  if (path.length === 0) return anObject[language]
  // What is written twice is no wrong value, and the check says it itself, in both languages.
  if (code === 'custom') return message.split(' / ')[language === 'zh' ? 0 : 1] ?? message
  return wanted[fieldOf(path)]?.[language] ?? message
}

/** The last name in the path: readers[2].serial is about "serial", readers[2] about "readers". */
function fieldOf(path: readonly PropertyKey[]): string {
  return String(path.findLast((part) => typeof part === 'string') ?? '')
}

function unknownKey(path: string): string {
  const known = Object.keys(wanted).join(', ')
  return `${path}：没有这个设置，请删去或改正；可用的有 ${known} / no such setting: remove or correct it; known: ${known}`
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
