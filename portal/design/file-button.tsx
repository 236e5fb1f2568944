import type { ReactNode } from 'react'
import { FileTrigger } from 'react-aria-components'
import { Button } from './button.js'

/** A button that asks for a file. */
export function FileButton({
  accept,
  onChoose,
  children,
}: {
  /** As the attribute of the field: endings and types, separated by commas. */
  accept: string
  onChoose: (file: File) => void
  children: ReactNode
}) {
  return (
    <FileTrigger
      acceptedFileTypes={accept.split(',')}
      onSelect={(files) => {
        const file = files?.item(0)
        if (file) onChoose(file)
      }}
    >
      <Button>{children}</Button>
    </FileTrigger>
  )
}
