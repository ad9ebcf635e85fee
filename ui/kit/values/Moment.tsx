import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from './formatValue.ts'
import { relativeTime } from './relativeTime.ts'

/** A moment as people say it; the exact one on hover and for assistive technology. */
export function Moment({ at }: { at: string }) {
  const { i18n } = useTranslation()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {relativeTime(at, now, i18n.language)}
    </time>
  )
}
