import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button,
  Checkbox as AriaCheckbox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField as AriaSearchField,
  Select as AriaSelect,
  SelectValue,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components'
import styles from './fields.module.css'

interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  /** What is wrong with it. */
  error?: string | undefined
  maxLength?: number
  /** Lines; one that may not be broken where absent. */
  rows?: number
  type?: 'text' | 'email' | 'date' | 'time'
  autoComplete?: string
  inputRef?: React.RefObject<HTMLTextAreaElement | null>
}

/** A field for text, of one line or of several. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, maxLength, rows, type, autoComplete } = props
  return (
    <AriaTextField
      className={styles['field']}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(type === undefined ? {} : { type })}
      {...(autoComplete === undefined ? {} : { autoComplete })}
    >
      <Label className={styles['label']}>{label}</Label>
      {hint && (
        <Text slot="description" className={styles['hint']}>
          {hint}
        </Text>
      )}
      {rows === undefined ? (
        <Input className={styles['input']} />
      ) : (
        <TextArea
          className={styles['input']}
          rows={rows}
          {...(props.inputRef ? { ref: props.inputRef } : {})}
        />
      )}
      <FieldError className={styles['error']}>{error}</FieldError>
    </AriaTextField>
  )
}

/** A box to tick, with what it means. */
export function Checkbox({
  children,
  isSelected,
  onChange,
  error,
}: {
  children: ReactNode
  isSelected: boolean
  onChange: (isSelected: boolean) => void
  error?: string | undefined
}) {
  return (
    <div>
      <AriaCheckbox
        className={styles['checkbox']}
        isSelected={isSelected}
        onChange={onChange}
        isInvalid={error !== undefined}
      >
        <span className={styles['box']} aria-hidden="true">
          <Check size={14} strokeWidth={3} />
        </span>
        <span>{children}</span>
      </AriaCheckbox>
      {error !== undefined && <p className={styles['error']}>{error}</p>}
    </div>
  )
}

/** A choice with its label above it, as other fields have theirs. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles['field']}>
      <span className={styles['label']} aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  )
}

/** One of a few; `label` is read out, and shown above it where `isLabelled`. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  isLabelled = false,
}: {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
  isLabelled?: boolean
}) {
  return (
    <AriaSelect
      className={`${styles['select']} ${isLabelled ? styles['field'] : ''}`}
      {...(isLabelled ? {} : { 'aria-label': label })}
      value={value}
      onChange={(chosen) => {
        const option = options.find((each) => each.value === chosen)
        if (option) onChange(option.value)
      }}
    >
      {isLabelled && <Label className={styles['label']}>{label}</Label>}
      <Button className={styles['choice']}>
        <SelectValue className={styles['chosen']} />
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <Popover className={styles['popover']} placement="bottom start">
        <ListBox className={styles['options']}>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              className={styles['option']}
            >
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

/** A field to search by; tells of what was written when somebody is done or stops. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  onDone,
  inputRef,
}: {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  onDone: (value: string) => void
  inputRef?: React.RefObject<HTMLInputElement | null>
}) {
  return (
    <AriaSearchField
      className={styles['search']}
      aria-label={label}
      value={value}
      onChange={onChange}
      onSubmit={onDone}
      onClear={() => onDone('')}
    >
      <Input
        className={styles['input']}
        placeholder={placeholder}
        maxLength={200}
        {...(inputRef ? { ref: inputRef } : {})}
      />
    </AriaSearchField>
  )
}
