import { ChevronDown } from 'lucide-react'
import {
  Button,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components'
import styles from './fields.module.css'

/** One of many, found by writing a part of it. */
export function Combo({
  label,
  value,
  options,
  onChange,
  isDisabled = false,
}: {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
  isDisabled?: boolean
}) {
  return (
    <ComboBox
      className={`${styles['field']} ${styles['combo']}`}
      selectedKey={value}
      isDisabled={isDisabled}
      defaultItems={options.map((option) => ({ id: option.value, label: option.label }))}
      onSelectionChange={(chosen) => {
        if (chosen !== null) onChange(String(chosen))
      }}
    >
      <Label className={styles['label']}>{label}</Label>
      <div className={styles['combined']}>
        <Input className={styles['input']} />
        <Button className={styles['opener']}>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </div>
      <Popover className={styles['popover']} placement="bottom start">
        <ListBox<{ id: string; label: string }> className={styles['options']}>
          {({ id, label: text }) => (
            <ListBoxItem id={id} textValue={text} className={styles['option']}>
              {text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
