import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { known } from '#app/i18n/locale.ts'
import { DocumentContext, type DocumentFacts } from '#app/ui/root-data.tsx'

function readDocument(): DocumentFacts {
  const note = document.getElementById('incident')
  return {
    locale: known(document.documentElement.lang) ?? 'zh-CN',
    incident: note ? { number: note.getAttribute('value') ?? '', time: note.dataset.time ?? '' } : undefined,
  }
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <DocumentContext.Provider value={readDocument()}>
        <RemixBrowser />
      </DocumentContext.Provider>
    </StrictMode>,
  )
})
