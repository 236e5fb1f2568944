import type { ReactNode } from 'react'
import styles from './page.module.css'

/** A screen that is a page: its heading, what it is for, what can be done on it, and its sheets. */
export function Page({
  title,
  intro,
  actions,
  children,
}: {
  title: string
  intro?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <article className={styles['page']}>
      <header className={styles['head']}>
        <div className={styles['about']}>
          <h1 className={styles['title']}>{title}</h1>
          {intro && <p className={styles['intro']}>{intro}</p>}
        </div>
        {actions && <div className={styles['actions']}>{actions}</div>}
      </header>
      {children}
    </article>
  )
}

/** A part of a page that belongs together, with a heading of its own unless it needs none. */
export function Sheet({
  title,
  intro,
  actions,
  children,
}: {
  title?: string
  intro?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles['sheet']}>
      {(title !== undefined || actions) && (
        <header className={styles['head']}>
          <div className={styles['about']}>
            {title !== undefined && <h2 className={styles['heading']}>{title}</h2>}
            {intro && <p className={styles['intro']}>{intro}</p>}
          </div>
          {actions && <div className={styles['actions']}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}

/** Buttons or fields beside each other, as far as there is room. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles['row']}>{children}</div>
}

/** Fields below each other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles['stack']}>{children}</div>
}

/** What is said beside something, and matters less. */
export function Aside({ children }: { children: ReactNode }) {
  return <span className={styles['aside']}>{children}</span>
}
