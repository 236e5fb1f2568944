import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { readDashboardSearch } from '../dashboard/search.js'
import { readDeskSearch } from '../desk/search.js'
import { readSearch } from '../inbox/search.js'
import { Inbox } from '../inbox/inbox.js'
import { readQuestionsSearch } from '../questions/search.js'
import { readSettingsSearch } from '../settings/search.js'
import { NoSuchScreen, Root, ScreenTrouble } from './screens.js'
import { Shell } from './shell.js'

const root = createRootRoute({ component: Root, notFoundComponent: NoSuchScreen })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../sign-in/sign-in.js'), 'SignIn'),
})

/** What only somebody who is signed in sees. */
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell })

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  validateSearch: readSearch,
  component: Inbox,
})

const casePage = createRoute({
  getParentRoute: () => signedIn,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('../case/case-page.js'), 'CasePage'),
})

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk',
  validateSearch: readDeskSearch,
  component: lazyRouteComponent(() => import('../desk/desk.js'), 'DeskScreen'),
})

const questions = createRoute({
  getParentRoute: () => signedIn,
  path: '/questions',
  validateSearch: readQuestionsSearch,
  component: lazyRouteComponent(() => import('../questions/questions.js'), 'QuestionsScreen'),
})

const lead = createRoute({
  getParentRoute: () => signedIn,
  path: '/lead',
  component: lazyRouteComponent(() => import('../lead/lead.js'), 'LeadScreen'),
})

const dashboard = createRoute({
  getParentRoute: () => signedIn,
  path: '/dashboard',
  validateSearch: readDashboardSearch,
  component: lazyRouteComponent(() => import('../dashboard/dashboard.js'), 'DashboardScreen'),
})

const brands = createRoute({
  getParentRoute: () => signedIn,
  path: '/brands',
  component: lazyRouteComponent(() => import('../operator/brands.js'), 'BrandsScreen'),
})

const marketplaces = createRoute({
  getParentRoute: () => signedIn,
  path: '/marketplaces',
  component: lazyRouteComponent(() => import('../operator/marketplaces.js'), 'MarketplacesScreen'),
})

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  validateSearch: readSettingsSearch,
  component: lazyRouteComponent(() => import('../settings/settings.js'), 'Settings'),
})

const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../settings/settings.js'), 'SettingsStart'),
})

const ownSessions = createRoute({
  getParentRoute: () => settings,
  path: '/sessions',
  component: lazyRouteComponent(() => import('../settings/sessions/sessions.js'), 'OwnSessions'),
})

const people = createRoute({
  getParentRoute: () => settings,
  path: '/people',
  component: lazyRouteComponent(() => import('../settings/people/people.js'), 'People'),
})

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('../settings/keys/keys.js'), 'ApiKeys'),
})

const sellers = createRoute({
  getParentRoute: () => settings,
  path: '/sellers',
  component: lazyRouteComponent(
    () => import('../settings/sellers/sellers.js'),
    'AuthorisedSellers',
  ),
})

const references = createRoute({
  getParentRoute: () => settings,
  path: '/references',
  component: lazyRouteComponent(() => import('../settings/references/references.js'), 'References'),
})

const contacts = createRoute({
  getParentRoute: () => settings,
  path: '/contacts',
  component: lazyRouteComponent(() => import('../settings/contacts/contacts.js'), 'Contacts'),
})

const calendar = createRoute({
  getParentRoute: () => settings,
  path: '/calendar',
  component: lazyRouteComponent(() => import('../settings/calendar/calendar.js'), 'WorkingDays'),
})

const policy = createRoute({
  getParentRoute: () => settings,
  path: '/policy',
  component: lazyRouteComponent(() => import('../settings/policy/policy.js'), 'Policy'),
})

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../settings/webhooks/webhooks.js'), 'Webhooks'),
})

/** The screens by their addresses. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    signedIn.addChildren([
      inbox,
      casePage,
      desk,
      lead,
      dashboard,
      questions,
      brands,
      marketplaces,
      settings.addChildren([
        settingsStart,
        people,
        contacts,
        policy,
        calendar,
        sellers,
        references,
        apiKeys,
        webhooks,
        ownSessions,
      ]),
    ]),
  ]),
  defaultErrorComponent: ScreenTrouble,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
