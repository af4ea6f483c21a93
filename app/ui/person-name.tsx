/** A name is never cut: it shrinks a step when it is long and may break after the dot of a minority name. */
export function PersonName({ name, reading }: { name: string; reading?: string | null }) {
  const length = [...name].length
  const step = length > 5 ? ' long' : ''
  const parts = name.split('·').map((part, at, all) => ({ id: `${at}`, text: at < all.length - 1 ? `${part}·` : part }))
  return (
    <span className={`pname${step}`} {...(reading ? { title: reading } : {})}>
      {parts.map((part) => (
        <span className="part" key={part.id}>
          {part.text}
        </span>
      ))}
    </span>
  )
}
