/** A finger of a demo person as the emulated readers know it; the generator of the demo writes the same words. */
export function demoFinger(staffNumber: string, finger: number): string {
  return `finger:${staffNumber}:${finger}`
}

/** Another finger of the same hand, for whoever presses the wrong one. Source: product (demo reader). */
export function wrongFinger(finger: number): number {
  return finger % 5 === 0 ? finger - 1 : finger + 1
}
