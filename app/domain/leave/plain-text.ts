/** Text without the control characters that no database keeps; lines and tabs stay. */
export function plainText(typed: string): string {
  return typed.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')
}

/** What somebody writes beside a decision is an opinion, not a file. */
export const longestNote = 500

/** A telephone number with ordinary digits and signs, whatever keyboard it was typed on. */
export function plainPhone(typed: string): string {
  return plainText(typed).normalize('NFKC').trim()
}

/** 7 to 20 digits, with the signs people put between them. */
export function isPhone(phone: string): boolean {
  const digits = phone.replace(/\D/g, '').length
  return digits >= 7 && digits <= 20 && /^\+?[\d\s()-]{7,30}$/.test(phone)
}

/** "138****1234": enough to recognise a number, not enough to call it. */
export function maskedPhone(phone: string): string {
  const digits = [...phone]
  return digits.length < 8 ? '****' : `${digits.slice(0, 3).join('')}****${digits.slice(-4).join('')}`
}
