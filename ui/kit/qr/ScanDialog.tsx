import { Button, Loader, Modal, Stack, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { codeIn } from './codeIn.ts'
import { readPicture } from './readPicture.ts'
import { useCamera } from './useCamera.ts'
import classes from './qr.module.css'

/** Looks through the camera for a QR code; without a camera, in a picture of one. Gives the code alone. */
export function ScanDialog({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('kit.qr.scan')} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <Scanner onCode={onCode} />
    </Modal>
  )
}

function Scanner({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation()
  const picker = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { video, state } = useCamera((text) => onCode(codeIn(text)))
  const readFile = async (file: File | undefined) => {
    if (!file) return
    try {
      const picture = await createImageBitmap(file)
      const text = await readPicture(picture, picture.width, picture.height)
      picture.close()
      if (text) return onCode(codeIn(text))
    } catch {
      // What cannot be drawn holds no code that we could read: told below.
    }
    setProblem(t('kit.qr.noneInPicture'))
  }
  const usable = state === 'starting' || state === 'looking'
  return (
    <Stack gap="md">
      <div className={classes.frame} hidden={!usable}>
        <video ref={video} className={classes.video} muted playsInline aria-label={t('kit.qr.camera')} />
        {state === 'starting' && <Loader className={classes.waiting} aria-label={t('kit.qr.asking')} />}
      </div>
      <Text size="sm" c={usable ? 'dimmed' : undefined} role="status">
        {t(`kit.qr.state.${state}`)}
      </Text>
      {problem && (
        <Text size="sm" c="red.9" role="alert">
          {problem}
        </Text>
      )}
      <div>
        <Button
          variant="default"
          leftSection={<IconPhoto aria-hidden size={16} />}
          onClick={() => picker.current?.click()}
        >
          {t('kit.qr.fromPicture')}
        </Button>
        <input
          ref={picker}
          type="file"
          accept="image/*"
          hidden
          onChange={(event) => {
            setProblem(null)
            void readFile(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </div>
    </Stack>
  )
}
