import { Outlet, useRouteError } from '@remix-run/react'
import { ErrorPage } from '#app/ui/errors/error-page.tsx'
import { Shell } from '#app/ui/shell/shell.tsx'

export default function ShellLayout() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}

export function ErrorBoundary() {
  return (
    <Shell>
      <ErrorPage error={useRouteError()} framed />
    </Shell>
  )
}
