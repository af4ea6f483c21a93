/** The part of the program that an address belongs to: "/leave/waiting" and "/leave/new" are both leave. */
export function partOf(pathname: string): string {
  return pathname.split('/')[1] ?? ''
}
