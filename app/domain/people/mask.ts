/** A telephone number 手机 with its middle hidden: "138****8517". */
export function maskPhone(phone: string): string {
  const characters = [...phone]
  if (characters.length <= 4) return '*'.repeat(characters.length)
  const head = characters.length >= 11 ? 3 : 0
  const tail = characters.length >= 7 ? 4 : 2
  return hide(characters, head, tail)
}

/** An identity number 证件号码 of which only the region and the last character show: "5301************24" has 18 places too. */
export function maskIdNumber(number: string): string {
  const characters = [...number]
  return characters.length >= 15 ? hide(characters, 4, 2) : hide(characters, 1, 2)
}

function hide(characters: readonly string[], head: number, tail: number): string {
  const hidden = characters.length - head - tail
  return [...characters.slice(0, head), '*'.repeat(Math.max(0, hidden)), ...characters.slice(-tail)].join('')
}
