/**
 * Characters that GBK fonts kept in the private use area until Unicode had them, U+E815 to U+E864 in order
 * (GB 18030-2000 rows FE50 to FEA0). A name typed with one looks right on one machine only: 䶮 as U+E863 is the known case.
 */
const since =
  '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻'

const first = 0xe815

/** True for a code point that means something only to the font it was typed with. */
export function isPrivateUse(codePoint: number): boolean {
  return (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000
}

/** The character that a private use code point stood for; null when nobody can know. */
export function standardOf(codePoint: number): string | null {
  return [...since][codePoint - first] ?? null
}
