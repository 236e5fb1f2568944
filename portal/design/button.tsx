import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import styles from './button.module.css'

/** How much a button asks to be pressed. */
export type Weight = 'main' | 'plain' | 'quiet' | 'alarm'

/** A button; `weight` is `plain` unless told. */
export function Button({
  weight = 'plain',
  ...props
}: Omit<AriaButtonProps, 'className'> & { weight?: Weight }) {
  return <AriaButton {...props} className={`${styles['button']} ${styles[weight]}`} />
}
