import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { guard } from '#app/auth/guard.server.ts'
import type { RouteAccess } from '#app/auth/route-access.ts'
import { navigation } from '#app/domain/access/navigation.ts'
import { HomeView } from '#app/ui/access/home-view.tsx'
import { pageTitle } from '#app/ui/access/title.ts'

export const handle = { access: 'home.read', place: 'access.home.title' } satisfies RouteAccess & { place: string }

export async function loader(args: LoaderFunctionArgs) {
  const { name, role, roles } = await guard(args, 'home.read')
  return { name, role, roles, pages: navigation(role).filter((entry) => entry.page !== 'home') }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, 'access.home.title')

export default function Home() {
  return <HomeView {...useLoaderData<typeof loader>()} />
}
