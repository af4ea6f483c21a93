import { type Mark as MarkId, marks } from '#app/domain/attendance/marks.ts'
import { useT } from '#app/ui/locale.tsx'

type MarkProps = {
  id: MarkId
  large?: boolean
  /** The word beside the character; without it the word is in the tooltip and for screen readers. */
  label?: boolean
}

/** One result is one character in one shape, on every surface. */
export function Mark({ id, large = false, label = false }: MarkProps) {
  const t = useT()
  const { char, family, code } = marks[id]
  const key = `attendance.mark.${id}`
  const word = t.has(key) ? t(key) : code
  const classes = ['mk', family, large && 'lg'].filter(Boolean).join(' ')
  const title = t.locale === 'en' ? `${code} ${word}` : word
  const shape = (
    <span className={classes} title={title} aria-hidden="true">
      {char}
    </span>
  )
  return label ? (
    <span className="mkw">
      {shape}
      {word}
    </span>
  ) : (
    <>
      {shape}
      <span className="vh">{word}</span>
    </>
  )
}
