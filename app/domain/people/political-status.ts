import { ok } from '#app/domain/result.ts'
import { type Read, readOneOf, tidy } from './read-fields.ts'

/** 政治面貌 as the register prints it; stored in these words. Source: GB/T 4762. */
export const politicalStatuses = [
  '中共党员',
  '中共预备党员',
  '共青团员',
  '民革党员',
  '民盟盟员',
  '民建会员',
  '民进会员',
  '农工党党员',
  '致公党党员',
  '九三学社社员',
  '台盟盟员',
  '无党派人士',
  '群众',
] as const

export type PoliticalStatus = (typeof politicalStatuses)[number]

const alsoWritten: ReadonlyMap<string, PoliticalStatus> = new Map([
  ['党员', '中共党员'],
  ['中国共产党党员', '中共党员'],
  ['预备党员', '中共预备党员'],
  ['团员', '共青团员'],
  ['无党派', '无党派人士'],
  ['九三学社', '九三学社社员'],
])

/** A political status in the standard's words, also from the short forms that lists use. */
export function readPoliticalStatus(text: string): Read<PoliticalStatus | null> {
  const plain = tidy(text)
  const known = alsoWritten.get(plain)
  return known ? ok(known) : readOneOf(plain, politicalStatuses)
}
