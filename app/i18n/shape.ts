/** A sentence that depends on a count, as English needs it; the Chinese side is one plain string. */
export type Plural = { readonly one: string; readonly other: string }

/** What a translation must have when Chinese is the law: the same keys, each a sentence or a pair for one and many. */
export type Shape<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string | Plural : Shape<Source[Key]>
}
