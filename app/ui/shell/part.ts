/** On a phone the rail becomes a bar at the bottom with room for this many; the rest stands in the person's menu. */
export const onPhone = 5

/** The part of the program that an address belongs to: "/leave/waiting" and "/leave/new" are both leave. */
export function partOf(pathname: string): string {
  return pathname.split('/')[1] ?? ''
}
