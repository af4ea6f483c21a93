import { useRouteLoaderData } from '@remix-run/react'
import { createContext, useContext } from 'react'
import type { NavigationEntry } from '#app/domain/access/navigation.ts'
import type { Role } from '#app/domain/access/roles.ts'
import type { Locale } from '#app/i18n/catalogue.ts'
import type { Incident } from '#app/ui/errors/incident.ts'

/** What every page knows: who is here, where, in which language, and whether this is a demo. */
export type RootData = {
  readonly locale: Locale
  readonly centre: { readonly name: string; readonly nameEn: string; readonly zone: string } | null
  readonly visitor: {
    readonly name: string
    readonly role: Role
    readonly roles: readonly Role[]
  } | null
  /** The token of every form: of the session, or of the anonymous cookie before there is one. */
  readonly csrf: string
  readonly navigation: readonly NavigationEntry[]
  readonly counts: Readonly<Record<string, number>>
  /** Which font holds the rare characters of names here; none where every machine has them all. */
  readonly nameFont?: string | null
  readonly demo: { readonly now: number; readonly zone: string } | null
}

/** Null on an error page when not even the root could be loaded. */
export function useRootData(): RootData | null {
  return (useRouteLoaderData('root') as RootData | undefined) ?? null
}

/** What the server knows before any loader ran, so that an error page has a language, a script nonce and a number. */
export type DocumentFacts = {
  readonly locale: Locale
  readonly nonce?: string | undefined
  readonly incident?: Incident | undefined
}

export const DocumentContext = createContext<DocumentFacts>({ locale: 'zh-CN' })

export function useDocument(): DocumentFacts {
  return useContext(DocumentContext)
}
