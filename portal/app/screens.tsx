import { Link, Outlet } from '@tanstack/react-router'
import { Button } from '../design/button.js'
import { Empty } from '../design/states.js'
import { Toasts } from '../design/toasts.js'
import { useReading } from '../words/words.js'

/** Whatever screen it is, and the messages over it, which may lead to others. */
export function Root() {
  return (
    <>
      <Outlet />
      <Toasts />
    </>
  )
}

/** For an address that no screen has. */
export function NoSuchScreen() {
  const { say } = useReading()
  return (
    <main>
      <h1 className="unseen">{say('screen.none')}</h1>
      <Empty title={say('screen.none')} action={<Link to="/">{say('screen.toInbox')}</Link>}>
        {say('screen.noneText')}
      </Empty>
    </main>
  )
}

/** In the place of a screen that failed while it was drawn. */
export function ScreenTrouble() {
  const { say } = useReading()
  return (
    <main>
      <h1 className="unseen">{say('screen.broken')}</h1>
      <Empty
        title={say('screen.broken')}
        action={<Button onPress={() => location.reload()}>{say('screen.reload')}</Button>}
      >
        {say('screen.brokenText')}
      </Empty>
    </main>
  )
}
