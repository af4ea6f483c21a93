/** What the columns after number and time are: as a memory stick has them, as a push has them, or only two. */
export const attlogLayouts = ['stick', 'push', 'short'] as const
export type AttlogLayout = (typeof attlogLayouts)[number]
