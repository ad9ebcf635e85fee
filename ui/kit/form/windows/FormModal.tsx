import { Button, Group, Modal, Text } from '@mantine/core'
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Tells the window around this one that something lies over it; answers how to say that it is gone. */
const Cover = createContext<() => () => void>(() => () => undefined)

/** A window over a form: the form's own window leaves Escape to it. */
export function useCoverParent(): void {
  const coverParent = useContext(Cover)
  useEffect(() => coverParent(), [coverParent])
}

/**
 * A form in a window over the page. Closing it (Escape too) asks first when something was typed; the keyboard goes back
 * to where it was.
 */
export function FormModal(props: {
  title: string
  onClose: () => void
  children: (form: { close: () => void; onTouched: () => void }) => ReactNode
}) {
  const { title, onClose, children } = props
  const { t } = useTranslation()
  const [isTouched, setTouched] = useState(false)
  const [asking, setAsking] = useState(false)
  // Every open window hears Escape: only the uppermost may act on it. What closes by it is still there for this one key.
  const [covers, setCovers] = useState(0)
  const [cover] = useState(() => () => {
    setCovers((count) => count + 1)
    return () => void setTimeout(() => setCovers((count) => count - 1), 0)
  })
  useCoverParent()
  useEffect(() => (asking ? cover() : undefined), [asking, cover])
  // The question hears keys as well: opened at once, it would be closed by the Escape that asked for it.
  const close = () => (isTouched ? void setTimeout(ask, 0) : onClose())
  /** Where the person was when he was asked. */
  const place = useRef<Element | null>(null)
  const ask = () => {
    place.current = document.activeElement
    setAsking(true)
  }
  return (
    <>
      <Modal
        opened
        onClose={close}
        size="lg"
        title={title}
        closeButtonProps={{ 'aria-label': t('kit.close') }}
        closeOnClickOutside={false}
        closeOnEscape={covers === 0}
      >
        <Cover value={cover}>{children({ close, onTouched: () => setTouched(true) })}</Cover>
      </Modal>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        returnFocus={false}
        onExitTransitionEnd={() => place.current instanceof HTMLElement && place.current.focus()}
        title={t('kit.form.discard.title')}
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        <Text size="sm">{t('kit.form.discard.text')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('kit.form.discard.go')}
          </Button>
          <Button data-autofocus onClick={() => setAsking(false)}>
            {t('kit.form.leave.stay')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
